package dev.fanfare.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.access.Authentication.Accepted;
import dev.fanfare.core.access.Identity;
import dev.fanfare.server.access.Secret;
import dev.fanfare.server.access.TokenRules;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCommandTest {
    private static final String DEVELOPMENT_SECRET = "fanfare-development-secret-0123456789";
    private static final String OTHER_SECRET = "a secret of thirty-two characters";

    private final CommandRun command = new CommandRun();

    @Test
    void printsATokenAndNothingElse() {
        assertThat(command.run("token", "--dev", "--user", "42")).isZero();

        assertThat(command.out()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+\\R");
        assertThat(command.err()).isEmpty();
        assertThat(identity(command, DEVELOPMENT_SECRET).user()).isEqualTo("42");
    }

    @Test
    void holdsFor24HoursOrAsLongAsAsked() {
        command.run("token", "--dev", "--user", "42");
        var shorter = new CommandRun();
        shorter.run("token", "--dev", "--user", "42", "--ttl", "15m");

        long now = Instant.now().toEpochMilli();
        assertThat(identity(command, DEVELOPMENT_SECRET).expiresAt())
                .isBetween(now + 86_390_000, now + 86_400_000);
        assertThat(identity(shorter, DEVELOPMENT_SECRET).expiresAt())
                .isBetween(now + 890_000, now + 900_000);
    }

    @Test
    void takesClaimsAsJsonWhereTheyAreJson() {
        var arguments =
                List.of(
                                "token",
                                "--dev",
                                "--user",
                                "42",
                                "--claim",
                                "role=admin",
                                "--claim",
                                "orgs=[7,\"8\"]")
                        .toArray(String[]::new);
        assertThat(command.run(arguments)).isZero();

        assertThat(identity(command, DEVELOPMENT_SECRET).claims())
                .containsEntry("role", "admin")
                .containsEntry("orgs", List.of(7, "8"));
    }

    @Test
    void takesTheSecretOfTheEnvironment() {
        var configured = new CommandRun(Map.of("FANFARE_TOKEN_SECRET", OTHER_SECRET));

        assertThat(configured.run("token", "--user", "42")).isZero();
        assertThat(identity(configured, OTHER_SECRET).user()).isEqualTo("42");
    }

    @Test
    void prefersTheSecretItIsGiven() {
        var configured = new CommandRun(Map.of("FANFARE_TOKEN_SECRET", "of the environment"));

        assertThat(configured.run("token", "--user", "42", "--secret", OTHER_SECRET)).isZero();
        assertThat(identity(configured, OTHER_SECRET).user()).isEqualTo("42");
    }

    @Test
    void saysWhereASecretCanComeFrom() {
        assertThat(command.run("token", "--user", "42")).isEqualTo(2);

        assertThat(command.out()).isEmpty();
        assertThat(command.err()).contains("--secret, or FANFARE_TOKEN_SECRET, or --dev");
    }

    @Test
    void wantsAUser() {
        assertThat(command.run("token", "--dev")).isEqualTo(2);

        assertThat(command.err()).contains("--user=ID").contains("./fanfare token --help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"24", "0h", "-1h", "1.5h", "tomorrow", ""})
    void refusesATimeItCannotRead(String ttl) {
        assertThat(command.run("token", "--dev", "--user", "42", "--ttl", ttl)).isEqualTo(2);

        assertThat(command.err()).contains("--ttl").contains("15m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sub", "exp", "iat"})
    void refusesClaimsThatItMakesItself(String claim) {
        assertThat(command.run("token", "--dev", "--user", "42", "--claim", claim + "=1"))
                .isEqualTo(2);

        assertThat(command.err()).contains("--claim: " + claim);
    }

    private static Identity identity(CommandRun command, String secret) {
        var authenticator =
                TokenRules.of(new Secret(secret))
                        .authenticator(InstantSource.system(), Runnable::run, 10);
        var answer = authenticator.authenticate(command.out().strip()).toCompletableFuture().join();
        return ((Accepted) answer).identity();
    }
}
