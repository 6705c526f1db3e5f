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
                public void onFailed(String server, String why) {}

                @Override
                public void onTimeout(String server) {}
            };

    /** A primary can be used: both its connections are there. */
    void onConnected(String server);

    /** A primary cannot be used any more, or an attempt to connect has failed. */
    void onDisconnected(String server, String why);

    /** Redis has refused a command. */
    void onFailed(String server, String why);

    /** A command was not answered in time. */
    void onTimeout(String server);
}
