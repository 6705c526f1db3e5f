package dev.fanfare.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
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
}
