package dev.fanfare.server.access;

import static java.util.concurrent.CompletableFuture.completedFuture;

import com.nimbusds.jose.JWSHeader;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key set of one URL, as it was last seen. Thread-safe, and blocks nobody.
 *
 * <p>It is asked for when a token needs it: when there is none yet, when it is too old, and when a
 * token names a key that is not in it, as after a rotation. Between two requests there is a pause,
 * during which the last answer holds, be it a failure. Keys that were good once stay good while the
 * URL does not answer.
 */
final class RemoteKeySet {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteKeySet.class);

    /**
     * @param at when it was seen, in milliseconds since 1970
     */
    private record Seen(KeySet keys, long at) {}

    /**
     * @param at when it was asked, in milliseconds since 1970
     */
    private record Asked(CompletableFuture<KeySet> answer, long at) {}

    private final URI url;
    private final Jwks rules;
    private final Documents documents;
    private final InstantSource clock;
    private final AtomicReference<Asked> last;
    private volatile Seen seen;

    RemoteKeySet(URI url, Jwks rules, Documents documents, InstantSource clock) {
        this.url = url;
        this.rules = rules;
        this.documents = documents;
        this.clock = clock;
        long never = clock.millis() - rules.maxAge().plus(rules.minInterval()).toMillis();
        seen = new Seen(KeySet.EMPTY, never);
        last = new AtomicReference<>(new Asked(completedFuture(KeySet.EMPTY), never));
    }

    /**
     * The keys that may have signed a token with this header. Fails where there is none and the URL
     * did not answer.
     */
    CompletionStage<List<TokenKey>> find(JWSHeader header) {
        long now = clock.millis();
        var known = seen;
        var keys = known.keys().find(header);
        if (!keys.isEmpty() && now - known.at() < rules.maxAge().toMillis()) {
            return completedFuture(keys);
        }
        return ask(now).handle(
                        (answer, failure) -> {
                            if (failure == null) {
                                return answer.find(header);
                            }
                            if (keys.isEmpty()) {
                                throw new CompletionException(failure);
                            }
                            return keys;
                        });
    }

    private CompletableFuture<KeySet> ask(long now) {
        var before = last.get();
        boolean answered = before.answer().isDone();
        if (!answered || now - before.at() < rules.minInterval().toMillis()) {
            return before.answer();
        }
        var asked = new Asked(new CompletableFuture<>(), now);
        if (!last.compareAndSet(before, asked)) {
            return last.get().answer();
        }
        documents
                .get(url, rules.timeout())
                .thenApply(this::read)
                .whenComplete((keys, failure) -> settle(asked.answer(), keys, failure));
        return asked.answer();
    }

    private KeySet read(byte[] json) {
        try {
            return KeySet.parse(json);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private void settle(
            CompletableFuture<KeySet> answer, @Nullable KeySet keys, @Nullable Throwable failure) {
        if (keys == null) {
            var cause = failure instanceof CompletionException ? failure.getCause() : failure;
            var why = cause == null ? "nothing" : cause.getMessage();
            LOG.warn("no keys from {}: {}", url, why);
            answer.completeExceptionally(new IOException("no keys from " + url + ": " + why));
        } else {
            LOG.info("{} keys from {}", keys.entries().size(), url);
            seen = new Seen(keys, clock.millis());
            answer.complete(keys);
        }
    }
}
