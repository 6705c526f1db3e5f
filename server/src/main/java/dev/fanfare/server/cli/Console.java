package dev.fanfare.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;

/**
 * Where a command reads and writes. What a script wants goes to {@code out}, what a person should
 * know to {@code err}.
 */
public record Console(InputStream in, PrintWriter out, PrintWriter err) {
    /**
     * This process's own: every line flushed, and in UTF-8 whatever the locale, because payloads
     * are.
     */
    public static Console system() {
        return new Console(
                System.in,
                new PrintWriter(System.out, true, UTF_8),
                new PrintWriter(System.err, true, UTF_8));
    }

    /** Asks a person for it, without showing it, or takes the first line of a script's input. */
    @SuppressWarnings("SystemConsoleNull") // it is null where there is no terminal at all
    String secret(String question) throws IOException {
        var terminal = in.equals(System.in) ? System.console() : null;
        if (terminal != null && terminal.isTerminal()) {
            var typed = terminal.readPassword("%s: ", question);
            return typed == null ? "" : new String(typed);
        }
        var line = new BufferedReader(new InputStreamReader(in, UTF_8)).readLine();
        return line == null ? "" : line;
    }
}
