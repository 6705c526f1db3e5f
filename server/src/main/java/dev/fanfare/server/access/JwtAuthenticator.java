package dev.fanfare.server.access;

import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.concurrent.CompletableFuture.supplyAsync;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import dev.fanfare.core.access.Authentication;
import dev.fanfare.core.access.Authentication.Accepted;
import dev.fanfare.core.access.Authentication.Invalid;
import dev.fanfare.core.access.Authenticator;
import dev.fanfare.server.access.ClaimsReader.UnusableClaims;
import dev.fanfare.server.access.VerifiedTokens.Digest;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Tells from a JSON Web Token (RFC 7519, signed: RFC 7515) who somebody is. Thread-safe; all it
 * keeps are verified tokens.
 *
 * <p>Times are exact to the millisecond: a token holds from {@code nbf} on and before {@code exp},
 * where it has them. The claims are looked at only after the signature. HMAC is checked on the
 * calling thread, anything slower on the executor.
 */
public final class JwtAuthenticator implements Authenticator {
    private static final Invalid NOT_SIGNED = new Invalid("no signed JWT, which has three parts");
    private static final Invalid WRONG_ALGORITHM =
            new Invalid("an algorithm that the server has no key for");
    private static final Invalid CRITICAL =
            new Invalid("a critical header, and no extension is understood");
    private static final Invalid WRONG_SIGNATURE = new Invalid("a wrong signature");

    private final TokenKeys keys;
    private final InstantSource clock;
    private final Executor slowWork;
    private final VerifiedTokens verified;

    /**
     * @param capacity how many verified tokens are remembered
     */
    public JwtAuthenticator(TokenKeys keys, InstantSource clock, Executor slowWork, int capacity) {
        this.keys = keys;
        this.clock = clock;
        this.slowWork = slowWork;
        this.verified = new VerifiedTokens(capacity);
    }

    @Override
    public CompletionStage<Authentication> authenticate(String token) {
        var digest = Digest.of(token);
        var known = verified.find(digest);
        if (known != null) {
            return completedStage(judge(digest, known));
        }
        var jws = parse(token);
        if (jws == null) {
            return completedStage(NOT_SIGNED);
        }
        if (JWSAlgorithm.Family.HMAC_SHA.contains(jws.getHeader().getAlgorithm())) {
            return completedStage(verify(digest, jws));
        }
        return supplyAsync(() -> verify(digest, jws), slowWork);
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
        } catch (ParseException | IllegalArgumentException e) {
            return null;
        }
    }

    private Authentication verify(Digest digest, JWSObject jws) {
        if (jws.getHeader().getCriticalParams() != null) {
            return CRITICAL;
        }
        var verifier = keys.verifier(jws.getHeader());
        if (verifier.isEmpty()) {
            return WRONG_ALGORITHM;
        }
        if (!isSigned(jws, verifier.get())) {
            return WRONG_SIGNATURE;
        }
        try {
            var token = ClaimsReader.read(jws.getPayload().toBytes());
            verified.keep(digest, token);
            return judge(digest, token);
        } catch (UnusableClaims e) {
            return new Invalid(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isSigned(JWSObject jws, JWSVerifier verifier) {
        try {
            return jws.verify(verifier);
        } catch (JOSEException e) {
            return false;
        }
    }

    long remembered() {
        return verified.size();
    }
}
