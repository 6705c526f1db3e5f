package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever guesses passwords is slowed down; and who could not be given a token is told so. */
class AttemptsTest {
    private static final String SETTINGS =
            """
            applications.enabled: true
            accounts.bcrypt-cost: 4
            accounts.attempts-per-minute: 3
            """;
    private static final String PASSWORD = "correct horse";

    private RunningServer server;

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void theRightPasswordDoesNotUnlockAName() {
        server = RunningServer.start(SETTINGS + "accounts.address-header: X-Real-IP\n");
        assertThat(attempt("signup", "alice", PASSWORD, "192.0.2.1").status()).isEqualTo(201);
        assertThat(attempt("login", "alice", "guess one", "192.0.2.2").status()).isEqualTo(401);
        assertThat(attempt("login", "alice", "guess two", "192.0.2.3").status()).isEqualTo(401);

        var locked = attempt("login", "alice", PASSWORD, "192.0.2.4");

        assertThat(locked.problem()).isEqualTo("429 too_many_requests username more");
        assertThat(Integer.parseInt(locked.header("retry-after"))).isBetween(1, 20);
        assertThat(attempt("signup", "bob", PASSWORD, "192.0.2.4").status()).isEqualTo(201);
    }

    @Test
    void anAddressIsLockedForAllNames() {
        server = RunningServer.start(SETTINGS);
        for (int i = 0; i < 3; i++) {
            attempt("login", "alice" + i, PASSWORD, "192.0.2." + i);
        }
        assertThat(attempt("login", "bob", PASSWORD, "192.0.2.9").problem())
                .isEqualTo("429 too_many_requests address more");
    }

    @Test
    void whatStandsBeforeTheProxysOwnWordsDoesNotCount() {
        server = RunningServer.start(SETTINGS + "accounts.address-header: X-Forwarded-For\n");
        for (int i = 0; i < 3; i++) {
            attempt("login", "alice" + i, PASSWORD, "198.51.100." + i + ", 192.0.2.1");
        }
        assertThat(attempt("login", "bob", PASSWORD, "198.51.100.9, 192.0.2.1").status())
                .isEqualTo(429);
        assertThat(attempt("login", "bob", PASSWORD, "192.0.2.1, 192.0.2.2").status())
                .isEqualTo(401);
    }

    @Test
    void withoutASecretForTokensNobodyCanLogIn() {
        server =
                RunningServer.start(
                        InstantSource.system(),
                        SETTINGS + "token.issuer: https://login.example.com\n",
                        Map.of("dev", "true"));
        assertThat(attempt("login", "alice", PASSWORD, "192.0.2.1").problem())
                .isEqualTo("503 unavailable token.secret none to make tokens with");
    }

    /** Says where it comes from as proxies do. */
    private HttpAnswer attempt(String what, String name, String password, String address) {
        return server.post(
                "/api/auth/" + what,
                AccountTest.credentials(name, password),
                "Content-Type: application/json",
                "X-Real-IP: " + address,
                "X-Forwarded-For: " + address);
    }
}
