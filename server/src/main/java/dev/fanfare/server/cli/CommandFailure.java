package dev.fanfare.server.cli;

import picocli.CommandLine.ExitCode;

/**
 * A command did not do what it was asked to. The message is for the person who typed it, perhaps
 * several lines.
 */
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandFailure(String message, int exitCode) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    /** The thing itself failed: a later try may succeed. */
    static CommandFailure failed(String message) {
        return new CommandFailure(message, ExitCode.SOFTWARE);
    }

    /** The options or the configuration must change first. */
    static CommandFailure misused(String message) {
        return new CommandFailure(message, ExitCode.USAGE);
    }

    int exitCode() {
        return exitCode;
    }
}
