package dev.fanfare.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Remembers tokens that were verified, so that one that comes again costs a digest and a look-up.
 * Shared by all threads.
 *
 * <p>The key is the token's SHA-256: nobody finds a second text for it, an entry stays small
 * however long its token is, and no usable token waits in memory. Only tokens with a right
 * signature get in; the least useful ones leave when the cache is full. What the clock says about a
 * token is asked anew each time.
 */
final class VerifiedTokens {
    /** The 256 bits of a digest as a value with equality. */
    record Digest(long a, long b, long c, long d) {
        static Digest of(String token) {
            var bits = ByteBuffer.wrap(Sha256.of(token.getBytes(UTF_8)));
            return new Digest(bits.getLong(), bits.getLong(), bits.getLong(), bits.getLong());
        }

        /** The bits are random already. */
        @Override
        public int hashCode() {
            return (int) a;
        }
    }

    private final Cache<Digest, VerifiedToken> tokens;

    VerifiedTokens(int capacity) {
        tokens = Caffeine.newBuilder().maximumSize(capacity).executor(Runnable::run).build();
    }

    @Nullable VerifiedToken find(Digest digest) {
        return tokens.getIfPresent(digest);
    }

    void keep(Digest digest, VerifiedToken token) {
        tokens.put(digest, token);
    }

    void forget(Digest digest) {
        tokens.invalidate(digest);
    }

    long size() {
        tokens.cleanUp();
        return tokens.estimatedSize();
    }
}
