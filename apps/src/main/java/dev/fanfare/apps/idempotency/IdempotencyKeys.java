package dev.fanfare.apps.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fanfare.apps.database.Database;
import dev.fanfare.apps.web.Answer;
import dev.fanfare.apps.web.Call;
import dev.fanfare.apps.web.Refused;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Does a request once, however often it comes: one with a header {@code Idempotency-Key} that was
 * answered before, to the same user, or to a backend, on the same route, is answered the same and
 * does nothing. The answer is written down in the transaction of what was done, so either both are
 * there or neither; of two at once the second waits for the first. A refusal does nothing, so it is
 * not kept: the same request may do better later. Thread-safe.
 */
public final class IdempotencyKeys {
    public static final int LONGEST_KEY = 128;

    /** How long answers are kept at least. */
    public static final Duration KEPT = Duration.ofHours(24);

    private static final Duration SWEEP_INTERVAL = Duration.ofHours(1);
    private static final String HEADER = "Idempotency-Key";
    private static final TypeReference<LinkedHashMap<String, @Nullable Object>> MEMBERS =
            new TypeReference<>() {};
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    /** What was asked with a key, and what came of it. */
    private record Kept(String bodyHash, int status, @Nullable String answer) {}

    private final Database database;
    private final InstantSource clock;
    private final AtomicReference<Instant> lastSweep = new AtomicReference<>(Instant.EPOCH);

    public IdempotencyKeys(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Does the work in a transaction of its own, unless it was done before. Headers of its answer
     * are not kept.
     *
     * @param route what the key belongs to, with what varies in its path
     * @throws Refused where the key is too long, or came with another body before
     */
    public Answer once(Call call, String route, Function<Handle, Answer> work) {
        var key = call.header(HEADER).orElse(null);
        if (key == null) {
            return database.inTransaction(work::apply);
        }
        if (key.isEmpty() || key.length() > LONGEST_KEY) {
            throw Refused.badRequest(
                    HEADER, key.length() + " characters", "1 to " + LONGEST_KEY + " characters");
        }
        sweep();
        var request = hash(name(call, route, key).getBytes(UTF_8));
        var bodyHash = hash(call.body());
        Optional<Answer> answer;
        do {
            answer =
                    database.inTransaction(
                            transaction -> once(transaction, request, bodyHash, work));
        } while (answer.isEmpty());
        return answer.get();
    }

    /** Backends are one together: they show the same right. No route begins as theirs does. */
    private static String name(Call call, String route, String key) {
        return call.isBackend()
                ? "backend " + route + "\n" + key
                : route + "\n" + key + "\n" + call.user().id();
    }

    /** Empty where the answer was forgotten while this asked for it: another try does the work. */
    private Optional<Answer> once(
            Handle transaction, String request, String bodyHash, Function<Handle, Answer> work) {
        return claim(transaction, request, bodyHash)
                ? Optional.of(done(transaction, request, work.apply(transaction)))
                : kept(transaction, request).map(kept -> repeated(kept, bodyHash));
    }

    /** Waits for a transaction that has claimed the same request, and is false if that commits. */
    private boolean claim(Handle transaction, String request, String bodyHash) {
        int claimed =
                transaction
                        .createUpdate(
                                "insert into answered_request"
                                        + " (request, body_hash, status, answered_at)"
                                        + " values (:request, :body, 0, :now)"
                                        + " on conflict do nothing")
                        .bind("request", request)
                        .bind("body", bodyHash)
                        .bind("now", clock.instant())
                        .execute();
        return claimed == 1;
    }

    /** The first answer is read back from what is kept: so a repeat is no different. */
    private static Answer done(Handle transaction, String request, Answer answer) {
        var text = answer.body() == null ? null : json(answer.body());
        transaction
                .createUpdate(
                        "update answered_request set status = :status, answer = :answer"
                                + " where request = :request")
                .bind("status", answer.status())
                .bind("answer", text)
                .bind("request", request)
                .execute();
        return new Answer(answer.status(), members(text), answer.headers());
    }

    /** Empty where another request's sweep has just taken it away. */
    private static Optional<Kept> kept(Handle transaction, String request) {
        return transaction
                .createQuery(
                        "select body_hash, status, answer from answered_request"
                                + " where request = :request")
                .bind("request", request)
                .map(
                        (row, context) ->
                                new Kept(
                                        row.getString("body_hash"),
                                        row.getInt("status"),
                                        row.getString("answer")))
                .findOne();
    }

    private static Answer repeated(Kept kept, String bodyHash) {
        if (!kept.bodyHash().equals(bodyHash)) {
            throw Refused.conflict(
                    "idempotency_key_reused",
                    HEADER,
                    "a key that came with another body",
                    "the same body, or a new key");
        }
        return new Answer(kept.status(), members(kept.answer()), Map.of());
    }

    /** Now and then, before anything else is done: so whoever it fails for may just try again. */
    private void sweep() {
        var now = clock.instant();
        var last = lastSweep.get();
        if (last.plus(SWEEP_INTERVAL).isAfter(now) || !lastSweep.compareAndSet(last, now)) {
            return;
        }
        int _ =
                database.inTransaction(
                        transaction ->
                                transaction
                                        .createUpdate(
                                                "delete from answered_request"
                                                        + " where answered_at < :oldest")
                                        .bind("oldest", now.minus(KEPT))
                                        .execute());
    }

    private static String json(Map<String, ? extends @Nullable Object> members) {
        try {
            return JSON.writeValueAsString(members);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static @Nullable Map<String, @Nullable Object> members(@Nullable String text) {
        try {
            return text == null ? null : JSON.readValue(text, MEMBERS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
