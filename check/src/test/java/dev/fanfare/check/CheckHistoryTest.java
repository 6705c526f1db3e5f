package dev.fanfare.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fanfare.check.history.Connection;
import dev.fanfare.check.history.Entry;
import dev.fanfare.check.history.Recording;
import dev.fanfare.check.history.RecordingFile;
import dev.fanfare.check.history.Run;
import dev.fanfare.check.history.Subscription;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** One minute of {@code ./fanfare check-history}. */
@Timeout(300)
class CheckHistoryTest {
    private static final String SEED = "118";

    private final StringWriter output = new StringWriter();

    @Test
    void keepsEveryPromiseWhileNodesAndRedisAreBroken() {
        assumeTrue(ServerJar.isThere(), "the server is not packaged: mvn verify does so");
        int code = execute("--minutes", "1", "--seed", SEED);
        System.out.println(output);
        assertThat(code).as(output.toString()).isZero();
        assertThat(output.toString()).contains("seed " + SEED, "No promise was broken.");
    }

    @Test
    void judgesARecordingAgain(@TempDir Path directory) throws IOException {
        var file = directory.resolve("recording.jsonl");
        var run = new Run(7, List.of(), new Run.Promises(1_000, 1_000));
        var heard = new Subscription.Received("a", "news", "m1", null, null);
        var opened = new Connection.Opened("a", "a", "a", "websocket", "node1", null);

        RecordingFile.write(new Recording(run, List.of(new Entry(1, 0, opened))), file);
        assertThat(execute("--judge", file.toString())).isZero();
        RecordingFile.write(
                new Recording(run, List.of(new Entry(1, 0, opened), new Entry(2, 1, heard))), file);
        assertThat(execute("--judge", file.toString())).isEqualTo(1);

        assertThat(output.toString())
                .contains("seed        7", "No promise was broken.", "One promise was broken:");
    }

    @Test
    void refusesOptionsThatItDoesNotKnow() {
        assertThat(execute("--hours", "1")).isEqualTo(2);
    }

    @Test
    void explainsItself() {
        assertThat(execute("--help")).isZero();
        assertThat(output.toString()).contains("--minutes", "--seed", "--keep", "--judge");
    }

    private int execute(String... arguments) {
        var out = new PrintWriter(output, true);
        return new CommandLine(new Main(out)).setOut(out).setErr(out).execute(arguments);
    }
}
