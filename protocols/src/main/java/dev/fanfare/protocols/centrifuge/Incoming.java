package dev.fanfare.protocols.centrifuge;

/** The fields of what clients send, as far as they mean something here. */
final class Incoming {
    private Incoming() {}

    /** A field of one kind of message. */
    interface Known {
        int number();

        String name();
    }

    enum Command implements Known {
        ID(1),
        CONNECT(4),
        SUBSCRIBE(5),
        UNSUBSCRIBE(6),
        PUBLISH(7),
        PRESENCE(8),
        PRESENCE_STATS(9),
        HISTORY(10),
        PING(11),
        SEND(12),
        RPC(13),
        REFRESH(14),
        SUB_REFRESH(15);

        static final Fields<Command> FIELDS = new Fields<>(values());

        private final int number;

        Command(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }

    enum ConnectRequest implements Known {
        TOKEN(1),
        SUBS(3);

        static final Fields<ConnectRequest> FIELDS = new Fields<>(values());

        private final int number;

        ConnectRequest(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }

    enum EmulationRequest implements Known {
        NODE(1),
        SESSION(2),
        DATA(3);

        static final Fields<EmulationRequest> FIELDS = new Fields<>(values());

        private final int number;

        EmulationRequest(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }

    enum SubscribeRequest implements Known {
        CHANNEL(1),
        TOKEN(2),
        RECOVER(3),
        EPOCH(6),
        OFFSET(7),
        POSITIONED(9),
        RECOVERABLE(10),
        JOIN_LEAVE(11),
        DELTA(12),
        TF(13),
        FLAG(14),
        TYPE(15);

        static final Fields<SubscribeRequest> FIELDS = new Fields<>(values());

        private final int number;

        SubscribeRequest(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }

    enum FilterNode implements Known {
        OP(1),
        KEY(2),
        CMP(3),
        VAL(4),
        VALS(5),
        NODES(6);

        static final Fields<FilterNode> FIELDS = new Fields<>(values());

        private final int number;

        FilterNode(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }

    enum ChannelRequest implements Known {
        CHANNEL(1);

        static final Fields<ChannelRequest> FIELDS = new Fields<>(values());

        private final int number;

        ChannelRequest(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }

    enum TokenRequest implements Known {
        TOKEN(1);

        static final Fields<TokenRequest> FIELDS = new Fields<>(values());

        private final int number;

        TokenRequest(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }

    enum SubRefreshRequest implements Known {
        CHANNEL(1),
        TOKEN(2);

        static final Fields<SubRefreshRequest> FIELDS = new Fields<>(values());

        private final int number;

        SubRefreshRequest(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }

    enum PublishRequest implements Known {
        CHANNEL(1),
        DATA(2);

        static final Fields<PublishRequest> FIELDS = new Fields<>(values());

        private final int number;

        PublishRequest(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }

    enum HistoryRequest implements Known {
        CHANNEL(1),
        LIMIT(7),
        SINCE(8),
        REVERSE(9);

        static final Fields<HistoryRequest> FIELDS = new Fields<>(values());

        private final int number;

        HistoryRequest(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }

    enum StreamPositionField implements Known {
        OFFSET(1),
        EPOCH(2);

        static final Fields<StreamPositionField> FIELDS = new Fields<>(values());

        private final int number;

        StreamPositionField(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }
}
