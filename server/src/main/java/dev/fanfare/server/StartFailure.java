package dev.fanfare.server;

import dev.fanfare.brokers.redis.RedisStartFailure;
import dev.fanfare.server.config.ServerConfig.Address;
import io.vertx.core.Future;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The server cannot start; the message says why and what to try. */
public final class StartFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private StartFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Redis cannot be used. */
    StartFailure(RedisStartFailure failure) {
        this(String.valueOf(failure.getMessage()), failure);
    }

    /** The port that came to be, once the address listens. */
    static int unless(Address address, Future<Integer> listening) throws StartFailure {
        try {
            return listening.await();
        } catch (Throwable failure) {
            throw new StartFailure(message(address, failure), failure);
        }
    }

    /** The nodes that share the engine cannot be spoken to. */
    static StartFailure alone(@Nullable Throwable failure) {
        var why = failure == null ? "no answer" : failure.getMessage();
        return new StartFailure("engine: the other nodes cannot be reached: " + why, failure);
    }

    private static String message(Address address, Throwable failure) {
        return "port: "
                + address.host()
                + ":"
                + address.port()
                + " (expected: a free port on an address of this machine): "
                + failure.getMessage()
                + "\nAnother port: ./fanfare serve --port 8001";
    }
}
