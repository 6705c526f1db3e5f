package dev.fanfare.server.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fanfare publish}: one publication over HTTP. */
@Command(
        name = "publish",
        header = "Publishes one event to a running server.",
        description =
                "Prints the server's answer: the publication's id, and its place on a channel with"
                        + " history.",
        footer = {
            "",
            "Examples:",
            "  ./fanfare publish --dev post:123 '{\"type\":\"gift.received\"}'",
            "  ./fanfare publish --dev --id order-77 post:123 @gift.json",
            "  my-program | ./fanfare publish --url http://127.0.0.1:8002 post:123 -"
        })
final class PublishCommand implements Runnable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Console console;

    @Mixin private final ConfigurationOptions configuration;

    @Parameters(index = "0", paramLabel = "CHANNEL", description = "For example post:123.")
    private String channel = "";

    @Parameters(
            index = "1",
            paramLabel = "PAYLOAD",
            description = "JSON; @FILE reads it from a file, - from standard input.")
    private String payload = "";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "The server, or its internal port where it has one. Default: ${DEFAULT-VALUE}")
    private URI url = URI.create("http://127.0.0.1:8000");

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description =
                    "The publish token. Default: the configuration's, or REALTIME_PUBLISH_TOKEN.")
    private @Nullable String token;

    @Option(
            names = "--event",
            paramLabel = "NAME",
            description = "The event's name, where the payload has no member type.")
    private @Nullable String event;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "Names this publication: a repeat within five minutes delivers nothing.")
    private @Nullable String id;

    @Option(
            names = "--exclude-user",
            paramLabel = "USER",
            description = "This user does not receive it.")
    private @Nullable String excludedUser;

    PublishCommand(Console console, ConfigurationOptions configuration) {
        this.console = console;
        this.configuration = configuration;
    }

    @Override
    public void run() {
        Urls.check(url, "http", "https");
        var body = body(new PayloadArgument(payload).read(console.in()));
        var publisher = new Publisher(url, token == null ? configuration.publishToken() : token);
        console.out().println(publisher.publish(body));
    }

    private String body(String json) {
        var body =
                JSON.createObjectNode()
                        .put("channel", channel)
                        .putRawValue("payload", new RawValue(json));
        putIfGiven(body, "event", event);
        putIfGiven(body, "id", id);
        putIfGiven(body, "excludeUserId", excludedUser);
        return body.toString();
    }

    private static void putIfGiven(ObjectNode body, String name, @Nullable String value) {
        if (value != null) {
            body.put(name, value);
        }
    }
}
