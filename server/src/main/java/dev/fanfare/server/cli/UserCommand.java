package dev.fanfare.server.cli;

import dev.fanfare.apps.accounts.Account;
import dev.fanfare.apps.accounts.Accounts;
import dev.fanfare.apps.accounts.Passwords;
import dev.fanfare.apps.accounts.Role;
import dev.fanfare.apps.accounts.Username;
import dev.fanfare.apps.database.Database;
import dev.fanfare.apps.database.DatabaseOptions;
import dev.fanfare.apps.database.DatabaseOptions.Place;
import dev.fanfare.apps.database.Unavailable;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fanfare user}: accounts, made on the database itself. */
@Command(
        name = "user",
        header = "Makes accounts.",
        description = "Of what can be done with them, it knows one thing: see fanfare user create.")
final class UserCommand {
    private UserCommand() {}

    static CommandLine commandLine(Console console, ConfigurationOptions configuration) {
        return new CommandLine(new UserCommand()).addSubcommand(new Create(console, configuration));
    }

    /** {@code fanfare user create}. */
    @Command(
            name = "create",
            header = "Makes an account, an administrator's if you like.",
            description = {
                "Makes it in the applications' database, which a running server may have open"
                        + " meanwhile. The password is asked for, or is the first line of standard"
                        + " input.",
            },
            footer = {
                "",
                "Examples:",
                "  ./fanfare user create alice --admin --data ./data",
                "  DATABASE_URL=postgresql://… ./fanfare user create alice --admin < password.txt"
            })
    static final class Create implements Runnable {
        /** As long as a person waits for a database that is down. */
        private static final Duration PATIENCE = Duration.ofSeconds(10);

        private final Console console;

        @Mixin private final ConfigurationOptions configuration;

        @Mixin private final DataOptions data = new DataOptions();

        @Parameters(paramLabel = "NAME", description = Username.RULE + ".")
        private String name = "";

        @Option(names = "--admin", description = "Their tokens say role: admin.")
        private boolean administrator;

        @Option(
                names = "--password",
                paramLabel = "PASSWORD",
                description =
                        "Of 8 to 200 characters. Others on this machine can see it here; better be"
                                + " asked for it.")
        private @Nullable String password;

        Create(Console console, ConfigurationOptions configuration) {
            this.console = console;
            this.configuration = configuration;
        }

        @Override
        public void run() {
            var applications = configuration.loadApplications(data.settings());
            var username =
                    Username.of(name).orElseThrow(() -> misused("NAME: " + name, Username.RULE));
            var options = reached(applications.database());
            var account = create(options, username, applications.accounts().bcryptCost());
            console.out()
                    .println(
                            "user %d: %s%s"
                                    .formatted(
                                            account.id(),
                                            account.username().text(),
                                            administrator ? ", administrator" : ""));
        }

        private static DatabaseOptions reached(DatabaseOptions configured) {
            if (configured.place() instanceof Place.Memory) {
                throw misused(
                        "database: none",
                        "--data DIR or --database URL, or database.directory or database.url in"
                                + " the configuration");
            }
            var wait = configured.patience();
            return new DatabaseOptions(
                    configured.place(), 1, wait.compareTo(PATIENCE) < 0 ? wait : PATIENCE);
        }

        private static CommandFailure misused(String found, String expected) {
            return CommandFailure.misused(found + " (expected: " + expected + ")");
        }

        private Account create(DatabaseOptions options, Username username, int cost) {
            var role = administrator ? Role.ADMIN : Role.USER;
            var secret = password();
            try (var passwords = new Passwords(cost, 1);
                    var database = Database.open(options)) {
                var hash = passwords.hash(secret);
                return database.inTransaction(
                                transaction ->
                                        new Accounts().create(transaction, username, hash, role))
                        .orElseThrow(
                                () ->
                                        CommandFailure.failed(
                                                "NAME: "
                                                        + name
                                                        + " (expected: a name that nobody"
                                                        + " has)"));
            } catch (Unavailable outage) {
                throw CommandFailure.failed("database: " + outage.getMessage());
            }
        }

        private String password() {
            var given = password == null ? asked() : password;
            int length = given.codePointCount(0, given.length());
            if (length < Passwords.SHORTEST || length > Passwords.LONGEST) {
                throw misused(
                        "password: " + length + " characters",
                        Passwords.SHORTEST + " to " + Passwords.LONGEST);
            }
            return given;
        }

        private String asked() {
            try {
                return console.secret("Password of " + name);
            } catch (IOException e) {
                throw CommandFailure.failed("password: cannot be read: " + e.getMessage());
            }
        }
    }
}
