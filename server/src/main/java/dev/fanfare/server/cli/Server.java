package dev.fanfare.server.cli;

import dev.fanfare.server.config.ServerConfig;
import java.io.IOException;
import java.util.OptionalInt;

/** A running server, as far as the command line knows it. */
public interface Server extends AutoCloseable {
    /** Makes a server of a configuration. */
    @FunctionalInterface
    interface Starter {
        /**
         * Returns when clients can connect.
         *
         * @throws IOException when it cannot start: the message says why, and what to try
         */
        Server start(ServerConfig config) throws IOException;
    }

    /** The port that clients connect to; the real one, where 0 was asked for. */
    int port();

    /** The port of the internal routes, where they have one of their own. */
    OptionalInt internalPort();

    /** Returns when the server has stopped, for whatever reason. */
    void awaitStop() throws InterruptedException;

    /** Tells clients, drains, stops; returns when it is done. Repeats wait for the first. */
    @Override
    void close();
}
