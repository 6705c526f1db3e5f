package dev.fanfare.server.access;

import static java.util.concurrent.CompletableFuture.completedStage;

import com.nimbusds.jose.JWSObject;
import java.util.concurrent.CompletionStage;

/** The keys that tokens may be signed with. Thread-safe. */
@FunctionalInterface
public interface TokenKeys {
    /** No key, so that every token is refused. */
    TokenKeys NONE = token -> completedStage(new Signature.Unknown());

    /** Takes every signature for right, also of keys that nobody knows. */
    TokenKeys ANY = token -> completedStage(new Signature.Right(Long.MAX_VALUE));

    /** What is to be thought of a token's signature. */
    sealed interface Signature {
        /**
         * @param until the first moment, in milliseconds since 1970, at which the key has to be
         *     asked again
         */
        record Right(long until) implements Signature {}

        /** There are keys that it could be of, and it is of none of them. */
        record Wrong() implements Signature {}

        /** There is no key for its algorithm or of its name. */
        record Unknown() implements Signature {}
    }

    /**
     * Takes the time that a signature of the token's algorithm needs. Fails where keys cannot be
     * had now, and could be later.
     */
    CompletionStage<Signature> check(JWSObject token);

    /** These keys, and for what is of none of them the others. */
    default TokenKeys or(TokenKeys others) {
        return token ->
                check(token)
                        .thenCompose(
                                mine ->
                                        switch (mine) {
                                            case Signature.Right right -> completedStage(right);
                                            case Signature.Unknown _ -> others.check(token);
                                            case Signature.Wrong wrong ->
                                                    others.check(token)
                                                            .thenApply(one -> stronger(wrong, one));
                                        });
    }

    private static Signature stronger(Signature.Wrong wrong, Signature other) {
        return other instanceof Signature.Unknown ? wrong : other;
    }
}
