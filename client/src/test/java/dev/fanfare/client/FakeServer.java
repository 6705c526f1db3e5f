package dev.fanfare.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers as it is told, the last answer again and again, and keeps what was asked. */
final class FakeServer implements AutoCloseable {
    /** One way to answer. */
    interface Reaction {
        void to(HttpExchange exchange) throws IOException;
    }

    /** What came, with the key or whatever else the caller showed. */
    record Asked(String path, String key, String body) {}

    final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    FakeServer(Reaction... reactions) {
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> react(exchange, reactions));
        server.start();
    }

    private synchronized int keep(HttpExchange exchange) throws IOException {
        asked.add(
                new Asked(
                        exchange.getRequestURI().toString(),
                        credential(exchange.getRequestHeaders()),
                        new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
        return asked.size();
    }

    private static String credential(Headers headers) {
        var key = headers.getFirst("X-API-Key");
        return key == null ? headers.getFirst("Authorization") : key;
    }

    private void react(HttpExchange exchange, Reaction... reactions) throws IOException {
        int count = keep(exchange);
        reactions[Math.min(count, reactions.length) - 1].to(exchange);
    }

    static Reaction says(int status, String body) {
        return exchange -> {
            var bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        };
    }

    /** Takes every event. */
    static Reaction takes() {
        return exchange -> says(200, "{\"id\":\"1\"}").to(exchange);
    }

    static Reaction saysNothing() {
        return exchange -> {};
    }

    static Reaction saysHalf() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
        };
    }

    static Reaction hangsUp() {
        return HttpExchange::close;
    }

    static Reaction leadsTo(String address) {
        return exchange -> {
            exchange.getResponseHeaders().add("Location", address);
            exchange.sendResponseHeaders(307, -1);
            exchange.close();
        };
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    RealtimeConfig config() {
        return RealtimeConfig.of(address(), "key");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
