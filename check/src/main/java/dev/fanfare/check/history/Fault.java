package dev.fanfare.check.history;

/**
 * Something is broken on purpose, from {@link Began} (recorded before it is done) to {@link Ended}
 * (recorded when it has been undone, and what was broken works again: a node is ready, Redis
 * answers). What lasts no time ends at once.
 */
public sealed interface Fault extends Fact {
    /** Of the fault; unique in the run. */
    long fault();

    /** What can be broken. */
    enum Kind {
        /** Ended at once, and started again. */
        NODE_KILLED(Reach.NODE),
        /** Ended in order, and started again. */
        NODE_STOPPED(Reach.NODE),
        /** Stands still for a while. */
        NODE_FROZEN(Reach.NODE),
        /** Killed, and started again with what it had written down. */
        REDIS_RESTARTED(Reach.DATA),
        /** Killed, and started again with nothing. */
        REDIS_LOST(Reach.DATA),
        /** Emptied while it runs. */
        REDIS_FLUSHED(Reach.DATA),
        /** Stands still for a while. */
        REDIS_FROZEN(Reach.REDIS),
        /** Connections between a node and Redis are cut. */
        REDIS_CUT(Reach.REDIS),
        /** What nodes and Redis say to each other comes late. */
        REDIS_DELAYED(Reach.REDIS),
        /** Nothing of what a node and Redis say to each other gets through for a while. */
        REDIS_STALLED(Reach.REDIS),
        /** Connections between clients and a node are cut. */
        CLIENTS_CUT(Reach.CLIENTS),
        /** What a node and its clients say to each other comes late. */
        CLIENTS_DELAYED(Reach.CLIENTS),
        /** The proxy keeps a message from a client, to see whether the judge finds out. */
        MESSAGE_DROPPED(Reach.NOTHING),
        /** The proxy gives a client a message twice. */
        MESSAGE_REPEATED(Reach.NOTHING),
        /** The proxy gives a client two messages in the wrong order. */
        MESSAGES_SWAPPED(Reach.NOTHING);

        private final Reach reach;

        Kind(Reach reach) {
            this.reach = reach;
        }

        public Reach reach() {
            return reach;
        }

        /** Whether it is done to Redis, and not to a node or its connections. */
        public boolean isOfRedis() {
            return switch (this) {
                case REDIS_RESTARTED, REDIS_LOST, REDIS_FLUSHED, REDIS_FROZEN -> true;
                case NODE_KILLED,
                        NODE_STOPPED,
                        NODE_FROZEN,
                        REDIS_CUT,
                        REDIS_DELAYED,
                        REDIS_STALLED,
                        CLIENTS_CUT,
                        CLIENTS_DELAYED,
                        MESSAGE_DROPPED,
                        MESSAGE_REPEATED,
                        MESSAGES_SWAPPED ->
                        false;
            };
        }
    }

    /** What a fault can excuse. */
    enum Reach {
        /** A node is away, or slow; so are its clients and its members. */
        NODE,
        /** What is stored may be gone, or older than it was. */
        DATA,
        /** Nodes do not hear from Redis, or late. */
        REDIS,
        /** Clients do not hear from a node, or late. */
        CLIENTS,
        /** A deliberate lie: nothing. */
        NOTHING
    }

    /**
     * @param target what it is done to, as people call it
     */
    record Began(long fault, Kind kind, String target) implements Fault {}

    record Ended(long fault) implements Fault {}
}
