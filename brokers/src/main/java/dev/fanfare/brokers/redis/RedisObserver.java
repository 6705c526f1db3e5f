package dev.fanfare.brokers.redis;

/** What can be seen of the connections to Redis. On any thread, and returns at once. */
public interface RedisObserver {
    RedisObserver NONE =
            new RedisObserver() {
                @Override
                public void onConnected(String server) {}

                @Override
                public void onDisconnected(String server, String why) {}

                @Override
                public void onFailed(String server, String operation, String why) {}

                @Override
                public void onTimeout(String server, String operation) {}

                @Override
                public void onAnswered(String server, long nanos) {}
            };

    /** A primary can be used: both its connections are there. */
    void onConnected(String server);

    /** A primary cannot be used any more, or an attempt to connect has failed. */
    void onDisconnected(String server, String why);

    /**
     * Redis has refused a command.
     *
     * @param operation what was to be done: a script's name, or the command's
     */
    void onFailed(String server, String operation, String why);

    /** A command was not answered in time. */
    void onTimeout(String server, String operation);

    /**
     * How long a command has taken, from the time it was made. Not of all of them: one of several.
     */
    void onAnswered(String server, long nanos);
}
