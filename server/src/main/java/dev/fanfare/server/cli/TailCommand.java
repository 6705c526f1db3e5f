package dev.fanfare.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fanfare tail}: a subscriber in the terminal. */
@Command(
        name = "tail",
        header = "Prints events as they arrive, one frame per line.",
        description = {
            "Frames go to standard output, everything else to standard error.",
            "It comes back by itself when the connection is lost, and ends when the server refuses"
                    + " it."
        },
        footer = {
            "",
            "Examples:",
            "  ./fanfare tail --dev --user 42 --channels post:123,comment:9",
            "  ./fanfare tail --token \"$TOKEN\" --url wss://example.com/ws",
            "  ./fanfare tail --dev --user 42 --channels beheard:session:7 --envelope"
        })
final class TailCommand implements Runnable {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Console console;
    private final InstantSource clock;

    @Mixin private final ConfigurationOptions configuration;

    @ArgGroup(multiplicity = "1")
    private ClientToken token = new ClientToken();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The server's WebSocket. Default: ${DEFAULT-VALUE}")
    private URI url = URI.create("ws://127.0.0.1:8000/ws");

    @Option(
            names = "--channels",
            paramLabel = "NAME",
            split = ",",
            description = "What to subscribe. Default: the user's own channels.")
    private List<String> channels = new ArrayList<>();

    @Option(
            names = "--envelope",
            description =
                    "Frames tell channel, id, position and time beside the payload; after a lost"
                            + " connection channels with history continue without a gap.")
    private boolean envelope;

    @Option(
            names = "--since",
            paramLabel = "POSITION",
            split = ",",
            description =
                    "Where to start on a channel with history: channel@epoch:offset. Needs"
                            + " --envelope.")
    private List<String> since = new ArrayList<>();

    TailCommand(Console console, InstantSource clock, ConfigurationOptions configuration) {
        this.console = console;
        this.clock = clock;
        this.configuration = configuration;
    }

    @Override
    public void run() {
        Urls.check(url, "ws", "wss");
        if (!envelope && !since.isEmpty()) {
            throw CommandFailure.misused(
                    "--since: positions are seen in envelopes (expected: with --envelope)");
        }
        var progress = new Progress();
        since.forEach(progress::add);
        var backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, RandomGenerator.getDefault());
        try {
            new Tail(
                            console,
                            () -> address(progress),
                            token.tokens(configuration, clock),
                            progress,
                            backoff)
                    .run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private URI address(Progress progress) {
        var parameters = new ArrayList<String>();
        if (!channels.isEmpty()) {
            parameters.add(parameter("channels", String.join(",", channels)));
        }
        if (envelope) {
            parameters.add("envelope=true");
        }
        if (envelope && !progress.isEmpty()) {
            parameters.add(parameter("since", progress.toString()));
        }
        var separator = url.getQuery() == null ? "?" : "&";
        return parameters.isEmpty()
                ? url
                : URI.create(url + separator + String.join("&", parameters));
    }

    private static String parameter(String name, String value) {
        return name + "=" + URLEncoder.encode(value, UTF_8);
    }
}
