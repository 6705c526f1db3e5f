package dev.fanfare.server.access;

import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static java.util.function.Function.identity;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import dev.fanfare.core.access.Authentication;
import dev.fanfare.core.access.Authentication.Accepted;
import dev.fanfare.core.access.Authentication.Invalid;
import dev.fanfare.core.access.Authenticator;
import dev.fanfare.server.access.Claims.Unusable;
import dev.fanfare.server.access.TokenKeys.Signature;
import dev.fanfare.server.access.VerifiedTokens.Digest;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Tells from a JSON Web Token (RFC 7519, signed: RFC 7515) who somebody is. Thread-safe; all it
 * keeps are verified tokens, and those no longer than their keys count.
 *
 * <p>Times are exact to the millisecond: a token holds from {@code nbf} on and before {@code exp},
 * where it has them. The claims are looked at only after the signature. HMAC is checked on the
 * calling thread, anything slower on the executor.
 */
public final class JwtAuthenticator implements Authenticator {
    private static final Invalid NOT_SIGNED = new Invalid("no signed JWT, which has three parts");
    private static final Invalid WRONG_ALGORITHM =
            new Invalid("an algorithm that the server does not accept");
    private static final Invalid NO_KEY =
            new Invalid("an algorithm or a key id that the server has no key for");
    private static final Invalid CRITICAL =
            new Invalid("a critical header, and no extension is understood");
    private static final Invalid WRONG_SIGNATURE = new Invalid("a wrong signature");

    private final TokenKeys keys;
    private final TokenTerms terms;
    private final ClaimsReader reader;
    private final InstantSource clock;
    private final Executor slowWork;
    private final VerifiedTokens verified;

    /**
     * @param capacity how many verified tokens are remembered
     */
    public JwtAuthenticator(
            TokenKeys keys,
            TokenTerms terms,
            InstantSource clock,
            Executor slowWork,
            int capacity) {
        this.keys = keys;
        this.terms = terms;
        this.clock = clock;
        this.slowWork = slowWork;
        reader = new ClaimsReader(terms);
        verified = new VerifiedTokens(capacity);
    }

    @Override
    public CompletionStage<Authentication> authenticate(String token) {
        var digest = Digest.of(token);
        var known = verified.find(digest);
        if (known != null && known.isSigned(clock.millis())) {
            return completedStage(judge(digest, known));
        }
        verified.forget(digest);
        var jws = parse(token);
        if (jws == null) {
            return completedStage(NOT_SIGNED);
        }
        var header = jws.getHeader();
        if (header.getCriticalParams() != null) {
            return completedStage(CRITICAL);
        }
        if (!terms.accepts(header.getAlgorithm())) {
            return completedStage(WRONG_ALGORITHM);
        }
        return check(jws).thenApply(signature -> judge(digest, jws, signature));
    }

    /** Keeps what is good now, so that no token stays longer than it holds. */
    private Authentication judge(Digest digest, VerifiedToken token) {
        var answer = token.at(clock.millis());
        if (!(answer instanceof Accepted)) {
            verified.forget(digest);
        }
        return answer;
    }

    private static @Nullable JWSObject parse(String token) {
        try {
            return JWSObject.parse(token);
        } catch (ParseException | IllegalArgumentException | NullPointerException e) {
            return null; // the last is what the library does with a header that is null
        }
    }

    private CompletionStage<Signature> check(JWSObject jws) {
        return JWSAlgorithm.Family.HMAC_SHA.contains(jws.getHeader().getAlgorithm())
                ? keys.check(jws)
                : supplyAsync(() -> keys.check(jws), slowWork).thenCompose(identity());
    }

    private Authentication judge(Digest digest, JWSObject jws, Signature signature) {
        return switch (signature) {
            case Signature.Unknown _ -> NO_KEY;
            case Signature.Wrong _ -> WRONG_SIGNATURE;
            case Signature.Right(var until) -> read(digest, jws, until);
        };
    }

    private Authentication read(Digest digest, JWSObject jws, long signedUntil) {
        try {
            var token = reader.read(Claims.parse(jws.getPayload().toBytes()), signedUntil);
            verified.keep(digest, token);
            return judge(digest, token);
        } catch (Unusable e) {
            return new Invalid(String.valueOf(e.getMessage()));
        }
    }

    long remembered() {
        return verified.size();
    }
}
