package dev.fanfare.check.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.check.history.Position;
import dev.fanfare.check.history.Run.ChannelRules;
import dev.fanfare.check.history.Subscription.Recovery;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is the same in plain JSON, however it travels. */
final class PlainMessages {
    private final Witness witness;
    private final Map<String, Position> asked = new HashMap<>();

    PlainMessages(Witness witness) {
        this.witness = witness;
    }

    /** The address to connect to, with all channels and where to continue. */
    String target(String path, Site site) {
        var channels =
                witness.client().channels().stream()
                        .map(ChannelRules::name)
                        .collect(Collectors.joining(","));
        return token(path, site) + "&channels=" + encoded(channels) + since();
    }

    String token(String path, Site site) {
        return path + "?envelope=true&token=" + site.tokenOf(witness.client().user());
    }

    /** The server has let the client in; it has not said where the client stands. */
    void begin() {
        begin(Map.of());
    }

    /**
     * @param tops the streams' tops, by channel, as far as the server has told them
     */
    void begin(Map<String, Position> tops) {
        witness.opened(null);
        for (var rules : witness.client().channels()) {
            var since = asked.get(rules.name());
            var recovery = since == null ? Recovery.NOT_ASKED : Recovery.UNTOLD;
            var position = since == null ? tops.get(rules.name()) : null;
            witness.began(rules.name(), since, position, recovery);
        }
    }

    void read(JsonNode message) throws IOException {
        var channel = message.path("channel").asText();
        switch (message.path("type").asText()) {
            case "" ->
                    witness.received(
                            channel,
                            Json.message(message.path("payload")),
                            Json.position(message),
                            message.path("id").asText());
            case "gap" -> witness.gapTold(channel, Json.position(message));
            case "subscribed" -> {
                var since = asked.get(channel);
                witness.began(channel, since, Json.position(message), recovery(message, since));
            }
            case "disconnect" ->
                    throw Talk.Ending.told(
                            message.path("code").asInt(), message.path("reason").asText());
            default -> throw Talk.Ending.wanted("no use for " + message);
        }
    }

    /** Where the client stands, which is remembered as what it asked for. */
    @Nullable Position ask(String channel) {
        var position = witness.position(channel);
        if (position != null) {
            asked.put(channel, position);
        }
        return position;
    }

    private String since() {
        var since =
                witness.client().channels().stream()
                        .filter(rules -> ask(rules.name()) != null)
                        .map(rules -> rules.name() + "@" + asked.get(rules.name()))
                        .collect(Collectors.joining(","));
        return since.isEmpty() ? "" : "&since=" + encoded(since);
    }

    private static Recovery recovery(JsonNode answer, @Nullable Position since) {
        if (since == null) {
            return Recovery.NOT_ASKED;
        }
        return answer.path("recovered").asBoolean() ? Recovery.RECOVERED : Recovery.LOST;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
