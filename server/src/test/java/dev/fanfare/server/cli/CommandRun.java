package dev.fanfare.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.server.config.ConfigSources;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;

/** A command as somebody types it, and what then can be seen. */
final class CommandRun {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment;
    private String input = "";
    private Server.Starter starter =
            _ -> {
                throw new IOException("no server in this test");
            };

    CommandRun() {
        this(Map.of());
    }

    CommandRun(Map<String, String> environment) {
        this.environment = environment;
    }

    CommandRun input(String text) {
        input = text;
        return this;
    }

    CommandRun starter(Server.Starter other) {
        starter = other;
        return this;
    }

    int run(String... arguments) {
        var in = new ByteArrayInputStream(input.getBytes(UTF_8));
        return run(
                new Console(in, new PrintWriter(out, true), new PrintWriter(err, true)), arguments);
    }

    int run(Console console, String... arguments) {
        var nowhere = Path.of("no-such-directory");
        var surroundings = new ConfigSources(Map.of(), Map.of(), environment, nowhere, null);
        return FanfareCommand.run(console, surroundings, starter, arguments);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}
