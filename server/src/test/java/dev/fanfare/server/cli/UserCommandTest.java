package dev.fanfare.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fanfare.harness.PostgresProcess;
import dev.fanfare.harness.RedisProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class UserCommandTest {
    private static final String PASSWORD = "correct horse";

    @TempDir private Path directory;

    private final CommandRun command = new CommandRun();

    @Test
    void makesAnAdministratorAndPrintsIt() {
        assertThat(create(command.input(PASSWORD + "\nmore"), "alice", "--admin")).isZero();

        assertThat(command.out()).isEqualToNormalizingNewlines("user 1001: alice, administrator\n");
        assertThat(command.err()).isEmpty();
    }

    @Test
    void makesUsersInPostgres() throws IOException {
        var hindrance = PostgresProcess.hindrance();
        assumeTrue(hindrance.isEmpty(), () -> hindrance.orElse(""));
        var url = PostgresProcess.shared().newDatabase();

        assertThat(command.run("user", "create", "bob", "--password", PASSWORD, "--database", url))
                .isZero();
        assertThat(command.out()).isEqualToNormalizingNewlines("user 1001: bob\n");

        var again = new CommandRun(Map.of("DATABASE_URL", url));
        assertThat(again.run("user", "create", "BOB", "--password", PASSWORD)).isEqualTo(1);
        assertThat(again.err())
                .isEqualToNormalizingNewlines(
                        "fanfare user create: NAME: BOB (expected: a name that nobody has)\n");
    }

    @Test
    void takesTheDirectoryOfTheConfiguration() throws IOException {
        var file =
                Files.writeString(
                        directory.resolve("fanfare.yaml"),
                        "database.directory: " + directory.resolve("data") + "\n");

        var run = new CommandRun(Map.of("FANFARE_CONFIG", file.toString())).input(PASSWORD);

        assertThat(run.run("user", "create", "alice")).isZero();
        assertThat(directory.resolve("data")).isDirectoryContaining("glob:**.mv.db");
    }

    @Test
    void prefersTheDirectoryOnTheCommandLineToTheEnvironment() {
        var run = new CommandRun(Map.of("DATABASE_URL", "postgresql://u:p@192.0.2.1/nowhere"));
        assertThat(create(run.input(PASSWORD), "alice")).isZero();
    }

    @Test
    void saysWhatIsWrongWithNameAndPassword() {
        assertThat(create(command.input(PASSWORD), "al ice")).isEqualTo(2);
        assertThat(command.err()).contains("NAME: al ice (expected: 3 to 32 of A-Z");

        var tooShort = new CommandRun().input("1234567\n");
        assertThat(create(tooShort, "alice")).isEqualTo(2);
        assertThat(tooShort.err()).contains("password: 7 characters (expected: 8 to 200)");
    }

    @Test
    void wantsADatabase() {
        assertThat(command.input(PASSWORD).run("user", "create", "alice")).isEqualTo(2);
        assertThat(command.err()).contains("database: none (expected: --data DIR or --database");

        var both = new CommandRun();
        assertThat(both.run("user", "create", "alice", "--data", "x", "--database", "y"))
                .isEqualTo(2);
        assertThat(both.err()).contains("mutually exclusive");
    }

    @Test
    void saysWhyTheDatabaseCannotBeHadWithoutItsPassword() throws IOException {
        var url = "postgresql://fanfare:wr0ng@127.0.0.1:" + RedisProcess.freePort() + "/fanfare";
        var run = new CommandRun(Map.of("FANFARE_DATABASE_WAIT", "2s")).input(PASSWORD);

        assertThat(run.run("user", "create", "alice", "--database", url)).isEqualTo(1);
        assertThat(run.err()).contains("database: ", "refused").doesNotContain("wr0ng");

        var nonsense = new CommandRun();
        assertThat(nonsense.run("user", "create", "alice", "--database", "mysql://u:wr0ng@h/d"))
                .isEqualTo(2);
        assertThat(nonsense.err()).contains("database.url").doesNotContain("wr0ng");
    }

    private int create(CommandRun run, String name, String... more) {
        var arguments = new String[more.length + 5];
        var first = new String[] {"user", "create", name, "--data", directory.toString()};
        System.arraycopy(first, 0, arguments, 0, first.length);
        System.arraycopy(more, 0, arguments, first.length, more.length);
        return run.run(arguments);
    }
}
