package dev.fanfare.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.jwk.JWK;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Publishes keys, or fails to. Any thread. */
public final class JwksServer implements AutoCloseable {
    private record Answer(int status, String body) {}

    private static final String PATH = "/keys";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    public JwksServer() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public String url() {
        return origin() + PATH;
    }

    public JwksServer publish(JWK... keys) {
        return publishAt(PATH, keys);
    }

    JwksServer publishAt(String path, JWK... keys) {
        return say(
                path,
                200,
                Stream.of(keys)
                        .map(JWK::toJSONString)
                        .collect(Collectors.joining(",", "{\"keys\":[", "]}")));
    }

    public JwksServer say(int status, String body) {
        return say(PATH, status, body);
    }

    private JwksServer say(String path, int status, String body) {
        answers.put(path, new Answer(status, body));
        return this;
    }

    /** Until the latch is released nobody gets an answer. */
    public CountDownLatch hold() {
        gate = new CountDownLatch(1);
        return gate;
    }

    public int requests() {
        return requests.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            gate.await();
            var path = exchange.getRequestURI().getRawPath();
            var answer = answers.getOrDefault(path, new Answer(404, ""));
            var body = answer.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        gate.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
