package dev.fanfare.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.client.RealtimeException.Code;
import dev.fanfare.client.RealtimeException.Reply;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells partners of a session what has happened, over the server's HTTP API: at once where they are
 * there, by a push notification where they are away. Failures that may pass are tried again, with
 * an idempotency key. Thread-safe; one is enough for a program.
 *
 * <pre>{@code
 * var sessions = Sessions.fromEnvironment();
 * sessions.notifyPartner(sessionId, "bob", "partner.advanced", Map.of("stage", 2));
 * }</pre>
 */
public final class Sessions {
    /** Which way something has gone to a partner. */
    public enum Delivery {
        REALTIME,
        PUSH,
        /** Not at all: the partner has no device. */
        SKIPPED
    }

    private final RealtimeConfig config;
    private final Retries retries;

    public Sessions(RealtimeConfig config) {
        this.config = config;
        retries = new Retries(config);
    }

    /** As {@link RealtimeConfig#fromEnvironment} says. */
    public static Sessions fromEnvironment() {
        return new Sessions(RealtimeConfig.fromEnvironment());
    }

    /**
     * @return the new session's id
     * @throws RealtimeException where there is none
     */
    public String create(String... members) {
        return ask("v1/sessions", Map.of("members", List.of(members)), "id");
    }

    /**
     * To everybody in the session.
     *
     * @throws RealtimeException where it is not taken, or nobody knows
     */
    public void publishSessionEvent(
            String sessionId, String event, Map<String, ? extends @Nullable Object> data) {
        publishSessionEvent(sessionId, event, data, null);
    }

    /**
     * To everybody in the session but one.
     *
     * @param excludeUserId who does not get it; null: everybody does
     * @throws RealtimeException where it is not taken, or nobody knows
     */
    public void publishSessionEvent(
            String sessionId,
            String event,
            Map<String, ? extends @Nullable Object> data,
            @Nullable String excludeUserId) {
        var body = new LinkedHashMap<String, Object>();
        body.put("event", event);
        body.put("data", data);
        if (excludeUserId != null) {
            body.put("excludeUserId", excludeUserId);
        }
        var unused = ask(path(sessionId, "events"), body, "event");
    }

    /**
     * To one partner, by the way that reaches them now.
     *
     * @throws RealtimeException where it is not taken, or nobody knows
     */
    public Delivery notifyPartner(
            String sessionId,
            String partnerId,
            String event,
            Map<String, ? extends @Nullable Object> data) {
        var body = new LinkedHashMap<String, Object>();
        body.put("partnerId", partnerId);
        body.put("event", event);
        body.put("data", data);
        return delivery(ask(path(sessionId, "notify"), body, "delivery"));
    }

    /**
     * A notification of its own kind, now and then.
     *
     * @throws RealtimeException where it is too early for another, with the code REFUSED
     */
    public Delivery nudge(String sessionId, String partnerId) {
        return delivery(ask(path(sessionId, "nudge"), Map.of("partnerId", partnerId), "delivery"));
    }

    private static Delivery delivery(String word) {
        return Delivery.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static String path(String sessionId, String action) {
        return "v1/sessions/"
                + URLEncoder.encode(sessionId, UTF_8).replace("+", "%20")
                + "/"
                + action;
    }

    /** The text of a member of the answer. */
    private String ask(String path, Map<String, ?> body, String member) {
        var request =
                HttpRequest.newBuilder(config.method(path))
                        .header("Content-Type", "application/json")
                        .header("X-API-Key", config.apiKey())
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .timeout(config.timeout())
                        .POST(BodyPublishers.ofString(Json.write(body)))
                        .build();
        var what = request.uri().toString();
        return Blocking.await(
                what, retries.send(what, request, answer -> read(what, answer, member)));
    }

    private static String read(String what, HttpResponse<String> answer, String member) {
        int status = answer.statusCode();
        var text = status / 100 == 2 ? Json.member(answer.body(), member) : null;
        if (text != null) {
            return text;
        }
        var detail = Json.member(answer.body(), "detail");
        var code = code(status, detail != null);
        throw detail == null
                ? new RealtimeException(code, what + ": HTTP status " + status, (Reply) null)
                : new RealtimeException(code, what + ": " + detail, new Reply(status, detail));
    }

    private static Code code(int status, boolean isExplained) {
        if (status == 401 || status == 403) {
            return Code.UNAUTHORIZED;
        }
        if (status >= 500) {
            return Code.UNAVAILABLE;
        }
        return isExplained ? Code.REFUSED : Code.UNEXPECTED;
    }
}
