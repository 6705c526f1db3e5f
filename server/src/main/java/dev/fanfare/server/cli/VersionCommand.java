package dev.fanfare.server.cli;

import java.util.Objects;
import picocli.CommandLine.Command;

/** {@code fanfare version}. */
@Command(name = "version", header = "Says which Fanfare this is, and on which Java it runs.")
final class VersionCommand implements Runnable {
    private final Console console;

    VersionCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        console.out().println("Fanfare " + version());
        console.out()
                .printf(
                        "Java %s (%s), %s %s%n",
                        Runtime.version(),
                        System.getProperty("java.vendor"),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"));
    }

    /** Of the jar this class came in; classes out of a directory have none. */
    static String version() {
        var version = VersionCommand.class.getPackage().getImplementationVersion();
        return Objects.requireNonNullElse(version, "(not packaged)");
    }
}
