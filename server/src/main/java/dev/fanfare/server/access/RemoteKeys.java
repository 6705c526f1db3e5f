package dev.fanfare.server.access;

import static java.util.concurrent.CompletableFuture.completedStage;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import dev.fanfare.server.access.Claims.Unusable;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Public keys that others publish, and change when they like. Where the URL depends on what a token
 * claims, so does the key set, and the most useful ones are kept.
 */
final class RemoteKeys implements TokenKeys {
    static final int MAX_SETS = 100;

    private final Jwks rules;
    private final TokenTerms terms;
    private final Documents documents;
    private final InstantSource clock;
    private final Executor slowWork;
    private final Cache<URI, RemoteKeySet> sets =
            Caffeine.newBuilder().maximumSize(MAX_SETS).executor(Runnable::run).build();

    RemoteKeys(
            Jwks rules,
            TokenTerms terms,
            Documents documents,
            InstantSource clock,
            Executor slowWork) {
        this.rules = rules;
        this.terms = terms;
        this.documents = documents;
        this.clock = clock;
        this.slowWork = slowWork;
    }

    @Override
    public CompletionStage<Signature> check(JWSObject token) {
        boolean secret = JWSAlgorithm.Family.HMAC_SHA.contains(token.getHeader().getAlgorithm());
        var url = secret ? null : url(token);
        return url == null
                ? completedStage(new Signature.Unknown())
                : set(url).find(token.getHeader())
                        .thenApplyAsync(keys -> judge(token, keys), slowWork);
    }

    private @Nullable URI url(JWSObject token) {
        try {
            return rules.url().fill(Claims.parse(token.getPayload().toBytes()), terms);
        } catch (Unusable e) {
            return null;
        }
    }

    private RemoteKeySet set(URI url) {
        return sets.get(url, one -> new RemoteKeySet(one, rules, documents, clock));
    }

    /** A key may be withdrawn: nobody remembers what it signed for longer than keys are. */
    private Signature judge(JWSObject token, List<TokenKey> keys) {
        return FixedKeys.judge(token, keys) instanceof Signature.Right
                ? new Signature.Right(clock.millis() + rules.maxAge().toMillis())
                : keys.isEmpty() ? new Signature.Unknown() : new Signature.Wrong();
    }
}
