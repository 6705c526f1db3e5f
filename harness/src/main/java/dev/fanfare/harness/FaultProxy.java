package dev.fanfare.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on a loopback port, in front of a server on this machine, that makes faults between
 * it and its clients. Passes everything until it is told otherwise. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {
    /** What can happen to one message on its way to a client. */
    public enum Tampering {
        DROP,
        REPEAT,
        /** The message comes after the next one of its connection that is meant, too. */
        SWAP
    }

    /** What is to happen to the next message that holds {@code text}; completed with it then. */
    record Order(Tampering tampering, String text, CompletableFuture<String> done) {}

    private final int target;
    private final ServerSocket listener;
    private final Weather weather = new Weather();
    private final AtomicReference<@Nullable Order> order = new AtomicReference<>();
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();

    private FaultProxy(int target, ServerSocket listener) {
        this.target = target;
        this.listener = listener;
    }

    /**
     * @param target the server's port
     */
    public static FaultProxy to(int target) throws IOException {
        var proxy = new FaultProxy(target, new ServerSocket(0, 50, loopback()));
        Thread.ofVirtual().name("fault-proxy").start(proxy::accept);
        return proxy;
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** How many there are at the moment. */
    public int connections() {
        return connections.size();
    }

    /** Resets all connections that there are. New ones are let in. */
    public void cut() {
        connections.forEach(ProxiedConnection::reset);
    }

    /** From now on new connections are reset at once; those that there are go on. */
    public void refuse() {
        weather.become(new Weather.Refusing());
    }

    /** From now on everything takes so much longer, in each direction. Order stays. */
    public void delay(Duration delay) {
        weather.become(new Weather.Delaying(delay));
    }

    /** From now on connections stay and come in, and nothing gets through. Nothing is lost. */
    public void stall() {
        weather.become(new Weather.Stalling());
    }

    /** From now on everything passes again, what was held back first. */
    public void resume() {
        weather.become(new Weather.Passing());
    }

    /**
     * Falsifies one message to a client: the next WebSocket frame of the server's that holds this
     * text. It is how tests see that a checker checks.
     *
     * @return completed with the message when it has happened
     */
    public CompletableFuture<String> tamper(Tampering tampering, String text) {
        var done = new CompletableFuture<String>();
        order.set(new Order(tampering, text, done));
        return done;
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException gone) {
            // as it should be
        }
        cut();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                admit(listener.accept());
            } catch (IOException refusedOrClosed) {
                // the next one may do better, and the loop sees a closed listener
            }
        }
    }

    private void admit(Socket client) throws IOException {
        if (weather.isRefusing()) {
            ProxiedConnection.reset(client);
            return;
        }
        var connection = new ProxiedConnection(client, connect(client), weather);
        connections.add(connection);
        connection.start(new MessageCutter(order), () -> connections.remove(connection));
        if (listener.isClosed()) {
            connection.reset();
        }
    }

    private Socket connect(Socket client) throws IOException {
        try {
            return new Socket(loopback(), target);
        } catch (IOException unreachable) {
            ProxiedConnection.reset(client);
            throw unreachable;
        }
    }

    private static InetAddress loopback() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
