package dev.fanfare.server.access;

import static dev.fanfare.server.access.SignedTokens.SECRET;
import static dev.fanfare.server.access.SignedTokens.sign;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.access.Authentication;
import dev.fanfare.core.access.Authentication.Accepted;
import dev.fanfare.core.access.Authentication.Invalid;
import org.junit.jupiter.api.Test;

/** What the authenticator keeps of the tokens it has seen. */
class RememberedTokensTest {
    private static final long NOW = ManualClock.START;
    private static final int CAPACITY = 100;

    private final ManualClock clock = new ManualClock();
    private final JwtAuthenticator authenticator =
            TokenRules.of(SECRET).authenticator(clock, Runnable::run, CAPACITY);

    @Test
    void remembersATokenOnce() {
        var token = sign("{\"sub\":\"42\",\"exp\":" + (NOW + 60) + "}");
        var first = authenticate(token);

        for (int i = 0; i < 100_000; i++) {
            assertThat(authenticate(new String(token))).isSameAs(first);
        }
        assertThat(authenticator.remembered()).isOne();
    }

    @Test
    void remembersNoMoreTokensThanItsCapacity() {
        for (int user = 0; user < 10 * CAPACITY; user++) {
            authenticate(sign("{\"sub\":\"" + user + "\"}"));
        }
        assertThat(authenticator.remembered()).isLessThanOrEqualTo(CAPACITY);
    }

    @Test
    void forgetsATokenWhenItExpires() {
        var token = sign("{\"exp\":" + (NOW + 60) + "}");
        authenticate(token);

        clock.set((NOW + 60) * 1000);
        authenticate(token);
        assertThat(authenticator.remembered()).isZero();
    }

    @Test
    void remembersNoRefusal() {
        var token = sign("{\"sub\":\"42\"}");
        var tampered = token.substring(0, token.length() - 4) + "AAAA";

        assertThat(authenticate(tampered)).isInstanceOf(Invalid.class);
        assertThat(authenticate(token)).isInstanceOf(Accepted.class);
        assertThat(authenticate(tampered)).isInstanceOf(Invalid.class);
        assertThat(authenticator.remembered()).isOne();
    }

    private Authentication authenticate(String token) {
        return authenticator.authenticate(token).toCompletableFuture().join();
    }
}
