package dev.fanfare.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
    void refusesOptionsThatItDoesNotKnow() {
        assertThat(execute("--hours", "1")).isEqualTo(2);
    }

    @Test
    void explainsItself() {
        assertThat(execute("--help")).isZero();
        assertThat(output.toString()).contains("--minutes", "--seed", "--keep");
    }

    private int execute(String... arguments) {
        var out = new PrintWriter(output, true);
        return new CommandLine(new Main(out)).setOut(out).setErr(out).execute(arguments);
    }
}
