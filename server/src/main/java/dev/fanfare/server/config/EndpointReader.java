package dev.fanfare.server.config;

import dev.fanfare.core.access.AccessRule;
import dev.fanfare.core.channel.Catalogue;
import dev.fanfare.core.session.SessionRules.MessageBudget;
import dev.fanfare.server.config.Endpoint.Connections;
import dev.fanfare.server.config.Endpoint.InBand;
import dev.fanfare.server.config.Endpoint.Transport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code endpoints}, or makes the usual ones where there are none. */
final class EndpointReader {
    private static final Pattern RESERVED =
            Pattern.compile("/|/(internal|health|metrics|emulation)(/.*)?");
    private static final ValueType<String> PATH =
            new ValueType<>("a path like /ws that is not the server's own", EndpointReader::path);
    private static final String USUAL_CHANNEL = "stories:{user}";

    /** One of them stands for a user in any type of variable. */
    private static final List<String> USERS = List.of("1", "00000000-0000-0000-0000-000000000000");

    private final @Nullable Catalogue catalogue;
    private final @Nullable MessageBudget budget;
    private final Problems problems;

    /**
     * @param catalogue null: it is broken, and channels are not looked up
     * @param budget of endpoints that have none of their own
     */
    EndpointReader(
            @Nullable Catalogue catalogue, @Nullable MessageBudget budget, Problems problems) {
        this.catalogue = catalogue;
        this.budget = budget;
        this.problems = problems;
    }

    List<Endpoint> read(Yaml.Members file) {
        var fields = new Fields("", file.only("endpoints"), problems);
        var value = fields.find("endpoints");
        if (value == null) {
            return usual();
        }
        var endpoints = new ArrayList<Endpoint>();
        if (value instanceof Yaml.Items(var items, _)) {
            items.forEach(item -> add(item, endpoints, fields));
        } else {
            fields.refuse("endpoints", "a list of endpoints", example());
        }
        refuseRepeated(endpoints, value.origin());
        return endpoints;
    }

    private static String example() {
        return "[{ path: /ws, transport: websocket }]";
    }

    private List<Endpoint> usual() {
        var channels = isKnown(USUAL_CHANNEL) ? List.of(USUAL_CHANNEL) : List.<String>of();
        return Stream.of(Transport.values())
                .map(
                        transport ->
                                new Endpoint(
                                        usualPath(transport),
                                        transport,
                                        AccessRule.EVERYONE,
                                        transport.isPlain() ? channels : List.of(),
                                        Connections.ALL,
                                        budget,
                                        InBand.USUAL))
                .toList();
    }

    private static String usualPath(Transport transport) {
        return switch (transport) {
            case WEBSOCKET -> "/ws";
            case SSE -> "/sse";
            case NDJSON -> "/stream";
            case CENTRIFUGE -> "/connection/websocket";
            case CENTRIFUGE_HTTP_STREAM -> "/connection/http_stream";
            case CENTRIFUGE_SSE -> "/connection/sse";
            case CENTRIFUGE_UNI_WEBSOCKET -> "/connection/uni_websocket";
            case CENTRIFUGE_UNI_SSE -> "/connection/uni_sse";
            case CENTRIFUGE_UNI_HTTP_STREAM -> "/connection/uni_http_stream";
            case CENTRIFUGE_INIT -> "/connection/init";
        };
    }

    private void add(Yaml item, List<Endpoint> endpoints, Fields list) {
        if (!(item instanceof Yaml.Members members)) {
            list.refuse("endpoints", item, "an endpoint's keys", example());
            return;
        }
        var fields = new Fields("", members, problems);
        var path = fields.require("path", PATH, "/ws");
        var transport = fields.require("transport", ValueType.choice(Transport.class), "websocket");
        var connect = RuleReader.ofEndpoint().read(fields, "connect", AccessRule.EVERYONE);
        var channels = channels(fields);
        var connections =
                fields.get(
                        "connections",
                        ValueType.choice(Connections.class),
                        Connections.ALL,
                        "newest");
        var inBand = new InBandReader(fields, transport).read();
        var own = budget(fields);
        fields.refuseOthers();
        if (path != null && transport != null) {
            endpoints.add(
                    new Endpoint(path, transport, connect, channels, connections, own, inBand));
        }
    }

    private List<String> channels(Fields fields) {
        var expected = "channels of the catalogue, where {user} stands for the user's id";
        var names = new ArrayList<String>();
        for (var name : fields.texts("channels", expected, "[\"stories:{user}\"]")) {
            if (isKnown(name.text())) {
                names.add(name.text());
            } else {
                fields.refuse("channels", name, expected, "[\"stories:{user}\"]");
            }
        }
        return names;
    }

    private boolean isKnown(String channel) {
        var known = catalogue;
        return known == null
                || USERS.stream()
                        .anyMatch(user -> known.find(channel.replace("{user}", user)) != null);
    }

    private @Nullable MessageBudget budget(Fields fields) {
        var perSecond =
                fields.find("messages-per-second", LimitSettings.MESSAGES_PER_SECOND.type(), "50");
        var burst = fields.find("message-burst", LimitSettings.MESSAGE_BURST.type(), "100");
        if (perSecond == null || perSecond == Settings.OFF) {
            return perSecond == null ? budget : null;
        }
        return new MessageBudget(perSecond, burst == null ? 2 * perSecond : burst);
    }

    private void refuseRepeated(List<Endpoint> endpoints, Origin origin) {
        var paths = new HashSet<String>();
        for (var endpoint : endpoints) {
            if (!paths.add(endpoint.path())) {
                problems.add("path", endpoint.path(), "each path once", "", origin);
            }
        }
    }

    private static String path(String text) {
        boolean valid = text.matches("(/[A-Za-z0-9._~-]+)+") && !RESERVED.matcher(text).matches();
        if (!valid) {
            throw new IllegalArgumentException("no path");
        }
        return text;
    }
}
