package dev.fanfare.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.fanfare.harness.FakeExpo;
import java.io.IOException;
import java.nio.file.Path;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Nodes that are killed ({@code kill -9}) with notifications on their way. */
@Timeout(60)
@ParameterizedClass
@EnumSource
class PushCrashTest {
    @Parameter private TestDatabase kind;
    @TempDir private Path directory;
    private final FakeExpo expo = new FakeExpo();

    @AfterEach
    void close() {
        expo.close();
    }

    @Test
    void whatWasCommittedBeforeACrashIsSentByAnotherNode() throws Exception {
        var database = kind.create(directory);
        kill(start("commit", database));
        sendTheRest(database);
        assertThat(expo.taken(SenderMain.TOKEN)).hasSize(1);
    }

    @Test
    void whatIsKnownToBeSentIsNotSentAgain() throws Exception {
        var database = kind.create(directory);
        var node = start("send", database);
        awaitLine(node, "sent");
        kill(node);
        sendTheRest(database);
        assertThat(expo.taken(SenderMain.TOKEN)).hasSize(1);
    }

    @Test
    void whatHasLostItsAnswerWithItsNodeIsSentAgain() throws Exception {
        var database = kind.create(directory);
        expo.hold();
        var node = start("send", database);
        await().until(() -> expo.requests() == 1);
        kill(node);
        expo.release();
        sendTheRest(database);
        assertThat(expo.taken(SenderMain.TOKEN)).hasSize(2);
    }

    private void sendTheRest(String database) {
        try (var source = TestDatabase.open(database)) {
            try (var _ =
                    PushRelay.start(
                            source,
                            SenderMain.provider(expo.url()),
                            SenderMain.OPTIONS,
                            PushObserver.NONE)) {
                await().until(() -> unconfirmed(source) == 1);
            }
        }
    }

    private static long unconfirmed(HikariDataSource source) {
        return Jdbi.create(source).withHandle(QueueTable::state).unconfirmed();
    }

    /** Returns when it has committed. */
    private Process start(String what, String database) throws IOException {
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                classPath(),
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx128m",
                                SenderMain.class.getName(),
                                what,
                                database,
                                expo.url().toString())
                        .redirectErrorStream(true)
                        .start();
        awaitLine(process, "committed");
        return process;
    }

    private static void awaitLine(Process process, String wanted) throws IOException {
        var output = process.inputReader(UTF_8);
        var line = output.readLine();
        while (line != null && !line.equals(wanted)) {
            line = output.readLine();
        }
        assertThat(line).isEqualTo(wanted);
    }

    private static String classPath() {
        return System.getProperty(
                "surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static void kill(Process process) {
        process.destroyForcibly().onExit().join();
    }
}
