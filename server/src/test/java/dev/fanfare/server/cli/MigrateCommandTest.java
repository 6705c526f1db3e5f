package dev.fanfare.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrateCommandTest {
    private final CommandRun command = new CommandRun();

    @TempDir private Path directory;

    @Test
    void printsAConfigurationAndTellsWhatIsLost() throws IOException {
        var file =
                Files.writeString(
                        directory.resolve("config.json"),
                        "{\"http_server\": {\"port\": 9000}, \"engine\": {\"type\": \"redis\"}}");

        assertThat(command.run("migrate", "centrifugo", file.toString())).isZero();
        assertThat(command.out()).contains("port: 9000\n", "endpoints:", "channels:");
        assertThat(command.err())
                .isEqualTo(
                        "not carried over: engine.type: docs/several-nodes.md says how nodes"
                                + " share Redis here\n");
    }

    @Test
    void whatItPrintsCanBeChecked() throws IOException {
        assertThat(command.input("{}").run("migrate", "centrifugo", "-")).isZero();

        var file = Files.writeString(directory.resolve("fanfare.yaml"), command.out());
        assertThat(new CommandRun().run("check-config", "--config", file.toString())).isZero();
    }

    @Test
    void failsWhereThereIsNothingToRead() throws IOException {
        var broken = Files.writeString(directory.resolve("broken.json"), "{\"a\": }");
        var binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff});

        assertThat(command.run("migrate", "centrifugo", "no-such-file")).isEqualTo(2);
        assertThat(command.run("migrate", "centrifugo", broken.toString())).isEqualTo(2);
        assertThat(command.run("migrate", "centrifugo", binary.toString())).isEqualTo(2);
        assertThat(command.run("migrate", "centrifugo", directory.toString())).isEqualTo(2);
        assertThat(command.out()).isEmpty();
        assertThat(command.err().lines())
                .satisfiesExactly(
                        line -> assertThat(line).endsWith("no-such-file: no such file"),
                        line -> assertThat(line).contains("JSON, YAML or TOML", "line 1, column"),
                        line -> assertThat(line).endsWith("binary: not a text in UTF-8"),
                        line -> assertThat(line).contains("cannot be read"));
    }

    @Test
    void needsToKnowWhichServer() {
        assertThat(command.run("migrate")).isEqualTo(2);
        assertThat(command.err()).contains("migrate");
        assertThat(command.run("migrate", "pusher", "x")).isEqualTo(2);
    }
}
