package dev.fanfare.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Speaks the HTTP contract of Expo's push service on a loopback port, holds callers to its limits,
 * and has its bad days on demand. Any thread.
 */
public final class FakeExpo implements AutoCloseable {
    private static final String ROOT = "/--/api/v2/push/";
    private static final int MOST_MESSAGES = 100;
    private static final int MOST_RECEIPTS = 1000;
    private static final int LARGEST_MESSAGE = 4096;

    private static final JsonMapper JSON = new JsonMapper();

    /** What was taken for one device. */
    public record Message(
            String id, String to, String title, String body, String sound, JsonNode data) {}

    /** A whole request that gets no tickets. */
    private record Failure(int status, @Nullable String retryAfter, String code) {}

    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final String code;

        Refusal(int status, String code, String message) {
            super(message);
            this.status = status;
            this.code = code;
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Message> taken = new CopyOnWriteArrayList<>();
    private final Queue<Failure> failures = new ConcurrentLinkedQueue<>();
    private final Map<String, String> refused = new ConcurrentHashMap<>();
    private final Map<String, String> refusedLater = new ConcurrentHashMap<>();
    private final Map<String, Boolean> malformed = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger receiptRequests = new AtomicInteger();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final AtomicInteger answersToLose = new AtomicInteger();
    private volatile String accessToken = "";
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean stallsInBody;

    public FakeExpo() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** In the order in which they came. */
    public List<Message> taken() {
        return List.copyOf(taken);
    }

    /** What was taken for this device. */
    public List<Message> taken(String token) {
        return taken.stream().filter(message -> message.to().equals(token)).toList();
    }

    /** To send, whatever came of them. */
    public int requests() {
        return requests.get();
    }

    public int receiptRequests() {
        return receiptRequests.get();
    }

    public int mostAtOnce() {
        return mostAtOnce.get();
    }

    /** From now on. */
    public void requireAccessToken(String token) {
        accessToken = token;
    }

    /** One request more to send is answered like this, and takes nothing. */
    public void failOnce(int status, @Nullable String retryAfter) {
        failures.add(new Failure(status, retryAfter, "SOME_ERROR"));
    }

    /** Messages to this device get a ticket with this error, for example DeviceNotRegistered. */
    public void refuse(String token, String error) {
        refused.put(token, error);
    }

    public void refuseLater(String token, String error) {
        refusedLater.put(token, error);
    }

    /** Is good again. */
    public void accept(String token) {
        refused.remove(token);
        refusedLater.remove(token);
    }

    /** A request with a message to this device is refused as a whole. */
    public void findMalformed(String token) {
        malformed.put(token, true);
    }

    /** So many requests are taken, and their connections cut before the answer. */
    public void loseAnswers(int count) {
        answersToLose.set(count);
    }

    /** Requests are taken, and their answers wait. */
    public void hold() {
        gate = new CountDownLatch(1);
    }

    /** Requests are taken, and their answers wait in the middle of the body. */
    public void holdInBody() {
        stallsInBody = true;
        hold();
    }

    public void release() {
        stallsInBody = false;
        gate.countDown();
    }

    private void handle(HttpExchange exchange) throws IOException {
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        try (exchange) {
            react(exchange);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } finally {
            atOnce.decrementAndGet();
        }
    }

    private void react(HttpExchange exchange) throws IOException, InterruptedException {
        try {
            var body = read(exchange);
            switch (exchange.getRequestURI().getPath()) {
                case ROOT + "send" -> send(exchange, body);
                case ROOT + "getReceipts" -> receipts(exchange, body);
                default -> throw new Refusal(404, "NOT_FOUND", "no such path");
            }
        } catch (Refusal refusal) {
            ExpoAnswers.write(
                    exchange,
                    refusal.status,
                    ExpoAnswers.errors(refusal.code, refusal.getMessage()));
        }
    }

    private JsonNode read(HttpExchange exchange) throws IOException, Refusal {
        var headers = exchange.getRequestHeaders();
        if (!accessToken.isEmpty()
                && !("Bearer " + accessToken).equals(headers.getFirst("Authorization"))) {
            throw new Refusal(401, "UNAUTHORIZED", "another access token");
        }
        if (!exchange.getRequestMethod().equals("POST")
                || !"gzip".equals(headers.getFirst("Content-Encoding"))
                || !"application/json".equals(headers.getFirst("Content-Type"))) {
            throw new Refusal(400, "API_ERROR", "no POST of compressed JSON");
        }
        try (var body = new GZIPInputStream(exchange.getRequestBody())) {
            return JSON.readTree(body);
        }
    }

    private void send(HttpExchange exchange, JsonNode messages)
            throws IOException, Refusal, InterruptedException {
        requests.incrementAndGet();
        var failure = failures.poll();
        if (failure != null) {
            if (failure.retryAfter() != null) {
                exchange.getResponseHeaders().add("Retry-After", failure.retryAfter());
            }
            throw new Refusal(failure.status(), failure.code(), "not today");
        }
        check(messages);
        var answer = JSON.createObjectNode();
        var tickets = answer.putArray("data");
        messages.forEach(message -> tickets.add(ticket(message)));
        boolean stalls = stallsInBody;
        if (stalls) {
            ExpoAnswers.begin(exchange);
        }
        gate.await();
        if (!stalls && answersToLose.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
            ExpoAnswers.write(exchange, 200, answer);
        }
    }

    private void check(JsonNode messages) throws Refusal {
        if (!messages.isArray() || messages.size() > MOST_MESSAGES) {
            throw new Refusal(400, "PUSH_TOO_MANY_NOTIFICATIONS", "no array of at most 100");
        }
        for (var message : messages) {
            if (malformed.containsKey(message.path("to").asText())) {
                throw new Refusal(400, "VALIDATION_ERROR", "a message is malformed");
            }
        }
    }

    private ObjectNode ticket(JsonNode message) {
        var to = message.path("to").asText();
        var error = refused.get(to);
        if (message.toString().getBytes(UTF_8).length > LARGEST_MESSAGE) {
            error = "MessageTooBig";
        }
        if (error != null) {
            return ExpoAnswers.error(error);
        }
        var id = UUID.randomUUID().toString();
        taken.add(
                new Message(
                        id,
                        to,
                        message.path("title").asText(),
                        message.path("body").asText(),
                        message.path("sound").asText(),
                        message.path("data")));
        return JSON.createObjectNode().put("status", "ok").put("id", id);
    }

    private void receipts(HttpExchange exchange, JsonNode body) throws IOException, Refusal {
        receiptRequests.incrementAndGet();
        var ids = body.path("ids");
        if (!ids.isArray() || ids.size() > MOST_RECEIPTS) {
            throw new Refusal(400, "PUSH_TOO_MANY_RECEIPTS", "no array of at most 1000");
        }
        var answer = JSON.createObjectNode();
        var receipts = answer.putObject("data");
        for (var message : taken) {
            for (var id : ids) {
                if (message.id().equals(id.asText())) {
                    receipts.set(message.id(), receipt(message));
                }
            }
        }
        ExpoAnswers.write(exchange, 200, answer);
    }

    private ObjectNode receipt(Message message) {
        var error = refusedLater.get(message.to());
        return error == null
                ? JSON.createObjectNode().put("status", "ok")
                : ExpoAnswers.error(error);
    }

    @Override
    public void close() {
        release();
        server.stop(0);
        threads.shutdownNow();
    }
}
