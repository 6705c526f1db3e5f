package dev.fanfare.protocols.centrifuge;

/** The fields of what the server sends. */
final class Outgoing {
    private Outgoing() {}

    /** Fields of {@code Reply}. */
    static final class Reply {
        static final Field ID = new Field(1, "id", false);
        static final Field ERROR = new Field(2, "error", false);
        static final Field PUSH = new Field(4, "push", false);
        static final Field CONNECT = new Field(5, "connect", false);
        static final Field SUBSCRIBE = new Field(6, "subscribe", false);
        static final Field UNSUBSCRIBE = new Field(7, "unsubscribe", false);
        static final Field PUBLISH = new Field(8, "publish", false);
        static final Field PRESENCE = new Field(9, "presence", false);
        static final Field PRESENCE_STATS = new Field(10, "presence_stats", false);
        static final Field HISTORY = new Field(11, "history", false);
        static final Field REFRESH = new Field(14, "refresh", false);
        static final Field SUB_REFRESH = new Field(15, "sub_refresh", false);

        private Reply() {}
    }

    /** Fields of {@code Error}. */
    static final class Failure {
        static final Field CODE = new Field(1, "code", false);
        static final Field MESSAGE = new Field(2, "message", false);
        static final Field TEMPORARY = new Field(3, "temporary", false);

        private Failure() {}
    }

    /** Fields of {@code Push}. */
    static final class Push {
        static final Field CHANNEL = new Field(2, "channel", false);
        static final Field PUB = new Field(4, "pub", false);
        static final Field JOIN = new Field(5, "join", false);
        static final Field LEAVE = new Field(6, "leave", false);
        static final Field UNSUBSCRIBE = new Field(7, "unsubscribe", false);
        static final Field SUBSCRIBE = new Field(9, "subscribe", false);
        static final Field CONNECT = new Field(10, "connect", false);
        static final Field DISCONNECT = new Field(11, "disconnect", false);
        static final Field REFRESH = new Field(12, "refresh", false);

        private Push() {}
    }

    /** Fields of {@code ClientInfo}. */
    static final class ClientInfo {
        static final Field USER = new Field(1, "user", true);
        static final Field CLIENT = new Field(2, "client", true);
        static final Field CONN_INFO = new Field(3, "conn_info", false);
        static final Field CHAN_INFO = new Field(4, "chan_info", false);

        private ClientInfo() {}
    }

    /** Fields of {@code Publication}. */
    static final class Publication {
        static final Field DATA = new Field(4, "data", false);
        static final Field INFO = new Field(5, "info", false);
        static final Field OFFSET = new Field(6, "offset", false);
        static final Field TAGS = new Field(7, "tags", false);
        static final Field DELTA = new Field(8, "delta", false);
        static final Field TIME = new Field(9, "time", false);
        static final Field EPOCH = new Field(14, "epoch", false);

        private Publication() {}
    }

    /** Fields of {@code Unsubscribe}, the push. */
    static final class UnsubscribePush {
        static final Field CODE = new Field(2, "code", false);
        static final Field REASON = new Field(3, "reason", false);

        private UnsubscribePush() {}
    }

    /** Fields of {@code Disconnect}, the push. */
    static final class DisconnectPush {
        static final Field CODE = new Field(1, "code", false);
        static final Field REASON = new Field(2, "reason", false);
        static final Field RECONNECT = new Field(3, "reconnect", false);

        private DisconnectPush() {}
    }

    /** Fields of {@code ConnectResult}. */
    static final class ConnectResult {
        static final Field CLIENT = new Field(1, "client", false);
        static final Field VERSION = new Field(2, "version", false);
        static final Field EXPIRES = new Field(3, "expires", false);
        static final Field TTL = new Field(4, "ttl", false);
        static final Field SUBS = new Field(6, "subs", false);
        static final Field PING = new Field(7, "ping", false);
        static final Field PONG = new Field(8, "pong", false);
        static final Field SESSION = new Field(9, "session", false);
        static final Field NODE = new Field(10, "node", false);
        static final Field TIME = new Field(11, "time", false);

        private ConnectResult() {}
    }

    /** Fields of {@code SubscribeResult}. */
    static final class SubscribeResult {
        static final Field EXPIRES = new Field(1, "expires", false);
        static final Field TTL = new Field(2, "ttl", false);
        static final Field RECOVERABLE = new Field(3, "recoverable", false);
        static final Field EPOCH = new Field(6, "epoch", false);
        static final Field PUBLICATIONS = new Field(7, "publications", false);
        static final Field RECOVERED = new Field(8, "recovered", false);
        static final Field OFFSET = new Field(9, "offset", false);
        static final Field POSITIONED = new Field(10, "positioned", false);
        static final Field DATA = new Field(11, "data", false);
        static final Field WAS_RECOVERING = new Field(12, "was_recovering", false);
        static final Field DELTA = new Field(13, "delta", false);

        private SubscribeResult() {}
    }

    /** Fields of {@code SubscribePush}. */
    static final class SubscribePush {
        static final Field RECOVERABLE = new Field(1, "recoverable", false);
        static final Field EPOCH = new Field(4, "epoch", false);
        static final Field OFFSET = new Field(5, "offset", false);
        static final Field POSITIONED = new Field(6, "positioned", false);
        static final Field DATA = new Field(7, "data", false);

        private SubscribePush() {}
    }

    /** Fields of {@code Refresh}, the push. */
    static final class RefreshPush {
        static final Field EXPIRES = new Field(1, "expires", false);
        static final Field TTL = new Field(2, "ttl", false);

        private RefreshPush() {}
    }

    /** Fields of {@code PresenceResult}. */
    static final class PresenceResult {
        static final Field PRESENCE = new Field(1, "presence", true);

        private PresenceResult() {}
    }

    /** Fields of {@code PresenceStatsResult}. */
    static final class PresenceStatsResult {
        static final Field NUM_CLIENTS = new Field(1, "num_clients", true);
        static final Field NUM_USERS = new Field(2, "num_users", true);

        private PresenceStatsResult() {}
    }

    /** Fields of {@code HistoryResult}. */
    static final class HistoryResult {
        static final Field PUBLICATIONS = new Field(1, "publications", true);
        static final Field EPOCH = new Field(2, "epoch", true);
        static final Field OFFSET = new Field(3, "offset", true);

        private HistoryResult() {}
    }

    /** Fields of {@code JoinLeave}. */
    static final class JoinLeave {
        static final Field INFO = new Field(1, "info", false);

        private JoinLeave() {}
    }
}
