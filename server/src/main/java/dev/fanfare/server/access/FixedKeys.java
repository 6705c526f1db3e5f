package dev.fanfare.server.access;

import static java.util.concurrent.CompletableFuture.completedStage;

import com.nimbusds.jose.JWSObject;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Keys that are at hand. */
final class FixedKeys implements TokenKeys {
    private final List<TokenKey> keys;
    private final InstantSource clock;

    FixedKeys(List<TokenKey> keys, InstantSource clock) {
        this.keys = List.copyOf(keys);
        this.clock = clock;
    }

    @Override
    public CompletionStage<Signature> check(JWSObject token) {
        long now = clock.millis();
        return completedStage(
                judge(token, keys.stream().filter(key -> now < key.until()).toList()));
    }

    /** What these keys say to the token. */
    static Signature judge(JWSObject token, List<TokenKey> keys) {
        var candidates = keys.stream().filter(key -> key.isFor(token.getHeader())).toList();
        if (candidates.isEmpty()) {
            return new Signature.Unknown();
        }
        return candidates.stream()
                .filter(key -> key.hasSigned(token))
                .findFirst()
                .<Signature>map(key -> new Signature.Right(key.until()))
                .orElseGet(Signature.Wrong::new);
    }
}
