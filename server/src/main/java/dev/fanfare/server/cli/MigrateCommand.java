package dev.fanfare.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.server.migrate.Migration;
import dev.fanfare.server.migrate.UnreadableConfiguration;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fanfare migrate}: another server's configuration, told in our words. */
@Command(
        name = "migrate",
        header = "Carries another server's configuration over.",
        description = "Of the servers there are, it knows one: see fanfare migrate centrifugo.")
final class MigrateCommand {
    private MigrateCommand() {}

    static CommandLine commandLine(Console console) {
        return new CommandLine(new MigrateCommand()).addSubcommand(new Centrifugo(console));
    }

    /** {@code fanfare migrate centrifugo}. */
    @Command(
            name = "centrifugo",
            header = "Carries a configuration of Centrifugo 6 over.",
            description = {
                "Prints a configuration that ./fanfare serve starts with, and on standard error"
                        + " every key that could not be carried over, and why.",
                "Reads the file alone: what the environment or options set there, put into the"
                        + " file first. Keys of older versions are not known."
            },
            footer = {
                "",
                "Examples:",
                "  ./fanfare migrate centrifugo config.json > fanfare.yaml",
                "  ./fanfare check-config --config fanfare.yaml",
                "  ./fanfare serve --config fanfare.yaml"
            })
    static final class Centrifugo implements Runnable {
        private final Console console;

        @Parameters(
                paramLabel = "FILE",
                description = "JSON, YAML or TOML; - reads standard input.")
        private String file = "";

        Centrifugo(Console console) {
            this.console = console;
        }

        @Override
        public void run() {
            try {
                var migration = Migration.ofCentrifugo(text());
                console.out().print(migration.configuration());
                console.out().flush();
                migration.remarks().forEach(console.err()::println);
            } catch (UnreadableConfiguration unreadable) {
                throw CommandFailure.misused(file + ": " + unreadable.getMessage());
            } catch (NoSuchFileException missing) {
                throw CommandFailure.misused(file + ": no such file");
            } catch (CharacterCodingException binary) {
                throw CommandFailure.misused(file + ": not a text in UTF-8");
            } catch (IOException unreadable) {
                throw CommandFailure.misused(file + ": cannot be read: " + unreadable);
            }
        }

        private String text() throws IOException {
            return file.equals("-")
                    ? new String(console.in().readAllBytes(), UTF_8)
                    : Files.readString(Path.of(file));
        }
    }
}
