package dev.fanfare.server.cli;

import dev.fanfare.server.config.ConfigException;
import dev.fanfare.server.config.ConfigSources;
import java.time.InstantSource;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code fanfare}: all commands, and what they have in common. */
@Command(
        name = "fanfare",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = FanfareCommand.Version.class,
        header = "Fanfare, a self-hosted realtime server.",
        synopsisSubcommandLabel = "COMMAND",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:it failed: no connection, refused by the server, port in use",
            "2:options or configuration are wrong"
        },
        footer = {
            "",
            "First steps:",
            "  ./fanfare serve --dev                 start, and see what to paste",
            "  ./fanfare tail --dev --user 42 --channels post:123",
            "  ./fanfare publish --dev post:123 '{\"type\":\"gift.received\"}'",
            "",
            "Nodes and a Redis of their own, broken at random and judged:",
            "  ./fanfare check-history --help",
            "",
            "Each command explains itself: ./fanfare help COMMAND"
        })
public final class FanfareCommand {
    private FanfareCommand() {}

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"Fanfare " + VersionCommand.version()};
        }
    }

    /**
     * @param surroundings the environment, system properties and directory; no options and no file
     * @return the exit code: 0 done, 1 failed, 2 wrong options or configuration
     */
    public static int run(
            Console console,
            ConfigSources surroundings,
            Server.Starter starter,
            String... arguments) {
        return commandLine(console, surroundings, starter).execute(arguments);
    }

    private static CommandLine commandLine(
            Console console, ConfigSources surroundings, Server.Starter starter) {
        var clock = InstantSource.system();
        Supplier<ConfigurationOptions> options = () -> new ConfigurationOptions(surroundings);
        return new CommandLine(new FanfareCommand())
                .addSubcommand(new ServeCommand(console, clock, options.get(), starter))
                .addSubcommand(new TokenCommand(console, clock, options.get()))
                .addSubcommand(UserCommand.commandLine(console, options.get()))
                .addSubcommand(new PublishCommand(console, options.get()))
                .addSubcommand(new TailCommand(console, clock, options.get()))
                .addSubcommand(new SmokeCommand(console, clock, options.get()))
                .addSubcommand(new CheckConfigCommand(console, options.get()))
                .addSubcommand(MigrateCommand.commandLine(console))
                .addSubcommand(new VersionCommand(console))
                .addSubcommand(new TrainCommand(clock, starter))
                .addSubcommand(new HelpCommand())
                .setOut(console.out())
                .setErr(console.err())
                .setUsageHelpWidth(100)
                // A payload may begin with @: that is ours to read.
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(FanfareCommand::onMisuse)
                .setExecutionExceptionHandler(FanfareCommand::onFailure);
    }

    private static int onMisuse(ParameterException mistake, String... args) {
        var command = mistake.getCommandLine();
        var name = command.getCommandSpec().qualifiedName();
        command.getErr().println(name + ": " + mistake.getMessage());
        UnmatchedArgumentException.printSuggestions(mistake, command.getErr());
        command.getErr().println("How it is used: ./" + name + " --help");
        return ExitCode.USAGE;
    }

    private static int onFailure(Exception failure, CommandLine command, ParseResult arguments) {
        var err = command.getErr();
        var name = command.getCommandSpec().qualifiedName();
        return switch (failure) {
            case CommandFailure told -> {
                err.println(name + ": " + told.getMessage());
                yield told.exitCode();
            }
            case ConfigException wrong -> {
                err.println(name + ": the configuration cannot be used");
                wrong.problems().forEach(problem -> err.println("  " + problem.message()));
                yield ExitCode.USAGE;
            }
            default -> {
                err.println(name + ": unexpected failure, please report it");
                failure.printStackTrace(err);
                yield ExitCode.SOFTWARE;
            }
        };
    }
}
