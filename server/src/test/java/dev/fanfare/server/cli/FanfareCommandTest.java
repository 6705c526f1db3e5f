package dev.fanfare.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FanfareCommandTest {
    private final CommandRun command = new CommandRun();

    @ParameterizedTest
    @ValueSource(
            strings = {"serve", "token", "publish", "tail", "smoke", "check-config", "version"})
    void everyCommandExplainsItself(String name) {
        assertThat(command.run(name, "--help")).isZero();

        assertThat(command.out())
                .contains("Usage: fanfare " + name, "Exit codes:", "2   options or configuration");
        assertThat(command.err()).isEmpty();
    }

    @Test
    void listsItsCommandsAndFirstSteps() {
        assertThat(command.run("--help")).isZero();

        assertThat(command.out())
                .contains("serve", "token", "tail", "First steps:")
                .doesNotContain("train");
    }

    @Test
    void helpsWithACommand() {
        assertThat(command.run("help", "token")).isZero();

        assertThat(command.out()).contains("Usage: fanfare token", "--claim");
    }

    @Test
    void wantsACommand() {
        assertThat(command.run()).isEqualTo(2);

        assertThat(command.err()).contains("subcommand").contains("./fanfare --help");
    }

    @Test
    void guessesWhatWasMeant() {
        assertThat(command.run("tokn")).isEqualTo(2);

        assertThat(command.err()).contains("token");
    }

    @Test
    void tellsItsVersion() {
        assertThat(command.run("version")).isZero();

        assertThat(command.out()).startsWith("Fanfare ").contains("Java 25");
    }
}
