package dev.fanfare.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckConfigCommandTest {
    private final CommandRun command = new CommandRun();

    @Test
    void saysOkAndWhatItFound() {
        assertThat(command.run("check-config", "--dev")).isZero();

        assertThat(command.out()).startsWith("ok").contains("127.0.0.1:8000", "/ws", "patterns");
        assertThat(command.err()).isEmpty();
    }

    @Test
    void saysWhatNodesShareWithoutPasswords(@TempDir Path directory) throws IOException {
        var file =
                Files.writeString(
                        directory.resolve("fanfare.yaml"),
                        """
                        engine: redis
                        redis.address:
                          - redis://:a-password@one:6379/2
                          - redis-sentinel://two,three/mymaster
                          - rediss-cluster://four:7000
                        """);

        assertThat(command.run("check-config", "--dev", "--config", file.toString())).isZero();
        assertThat(command.out())
                .contains(
                        "redis one:6379; redis master mymaster of the Sentinels two:26379,"
                                + " three:26379; redis cluster of four:7000, with TLS")
                .doesNotContain("a-password");
    }

    @Test
    void saysEverythingThatIsWrong(@TempDir Path directory) throws IOException {
        var file =
                Files.writeString(
                        directory.resolve("fanfare.yaml"),
                        "prot: 9001\nhost: 127.0.0.1\nport: much\n");

        assertThat(command.run("check-config", "--dev", "--config", file.toString())).isEqualTo(2);
        assertThat(command.out()).isEmpty();
        assertThat(command.err()).contains("prot", "port: much", file + ":3");
    }

    @Test
    void missesAFileThatIsNotThere() {
        assertThat(command.run("check-config", "--dev", "--config", "no-such-file.yaml"))
                .isEqualTo(2);

        assertThat(command.err()).contains("no-such-file.yaml");
    }

    @Test
    void printsTheCatalogueThatComesWithTheServer(@TempDir Path directory) throws IOException {
        assertThat(command.run("check-config", "--print-default-catalogue")).isZero();

        var file = Files.writeString(directory.resolve("mine.yaml"), command.out());
        assertThat(command.run("check-config", "--dev", "--config", file.toString())).isZero();
    }
}
