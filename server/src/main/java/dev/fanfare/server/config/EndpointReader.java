package dev.fanfare.server.config;

import dev.fanfare.core.access.AccessRule;
import dev.fanfare.core.channel.Catalogue;
import dev.fanfare.core.session.SessionRules.MessageBudget;
import dev.fanfare.server.config.Endpoint.Allowance;
import dev.fanfare.server.config.Endpoint.Connections;
import dev.fanfare.server.config.Endpoint.Transport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code endpoints}, or makes the usual ones where there are none. */
final class EndpointReader {
    private static final Pattern RESERVED =
            Pattern.compile(
                    "/|/openapi\\.json|/(internal|health|metrics|emulation|docs|stories)(/.*)?");
    private static final ValueType<String> PATH =
            new ValueType<>("a path like /ws that is not the server's own", EndpointReader::path);

    private final KnownChannels channels;
    private final @Nullable MessageBudget budget;
    private final boolean queryToken;
    private final Problems problems;

    /**
     * @param catalogue null: it is broken, and channels are not looked up
     * @param budget of endpoints that have none of their own
     * @param queryToken whether tokens may come in the query where an endpoint does not say
     */
    EndpointReader(
            @Nullable Catalogue catalogue,
            @Nullable MessageBudget budget,
            boolean queryToken,
            Problems problems) {
        channels = new KnownChannels(catalogue);
        this.budget = budget;
        this.queryToken = queryToken;
        this.problems = problems;
    }

    List<Endpoint> read(Yaml.Members file) {
        var fields = new Fields("", file.only("endpoints"), problems);
        var value = fields.find("endpoints");
        if (value == null) {
            return new UsualEndpoints(channels, budget, queryToken).all();
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

    private void add(Yaml item, List<Endpoint> endpoints, Fields list) {
        if (!(item instanceof Yaml.Members members)) {
            list.refuse("endpoints", item, "an endpoint's keys", example());
            return;
        }
        var fields = new Fields("", members, problems);
        var path = fields.require("path", PATH, "/ws");
        var transport = fields.require("transport", ValueType.choice(Transport.class), "websocket");
        var connect = RuleReader.ofEndpoint().read(fields, "connect", AccessRule.EVERYONE);
        var automatic = channels(fields);
        var connections =
                fields.get(
                        "connections",
                        ValueType.choice(Connections.class),
                        Connections.ALL,
                        "newest");
        var inBand = new InBandReader(fields, transport).read();
        var manners = new MannersReader(fields, transport, channels).read(automatic, queryToken);
        var allowance = new Allowance(connections, budget(fields));
        fields.refuseOthers();
        if (path != null && transport != null) {
            endpoints.add(
                    new Endpoint(path, transport, connect, automatic, allowance, inBand, manners));
        }
    }

    private List<String> channels(Fields fields) {
        var expected = "channels of the catalogue, where {user} stands for the user's id";
        var names = new ArrayList<String>();
        for (var name : fields.texts("channels", expected, "[\"stories:{user}\"]")) {
            if (channels.contains(name.text())) {
                names.add(name.text());
            } else {
                fields.refuse("channels", name, expected, "[\"stories:{user}\"]");
            }
        }
        return names;
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
