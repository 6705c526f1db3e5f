package dev.fanfare.server.cli;

import dev.fanfare.server.config.ServerConfig;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A server that listens on nothing and has stopped as soon as it has started. */
final class FakeServer implements Server, Server.Starter {
    private @Nullable ServerConfig config;

    @Override
    public Server start(ServerConfig given) {
        config = given;
        return this;
    }

    /** What it was started with. */
    @Nullable ServerConfig config() {
        return config;
    }

    @Override
    public int port() {
        int port = config.network().address().port();
        return port == 0 ? 49152 : port;
    }

    @Override
    public OptionalInt internalPort() {
        var internal = config.network().internal();
        return internal == null ? OptionalInt.empty() : OptionalInt.of(internal.port());
    }

    @Override
    public void awaitStop() {}

    @Override
    public void close() {}
}
