package dev.fanfare.server.config;

import static dev.fanfare.server.config.ValueType.choice;
import static dev.fanfare.server.config.ValueType.flag;
import static dev.fanfare.server.config.ValueType.integer;

import dev.fanfare.server.config.Endpoint.Transport;
import dev.fanfare.server.config.Manners.Deprecation;
import dev.fanfare.server.config.Manners.Greeting;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads the options of one endpoint that only our own JSON has. */
final class MannersReader {
    private static final ValueType<Integer> VERSION = integer(1, 1_000_000);
    private static final ValueType<Instant> TIME =
            new ValueType<>("a day, or a moment in UTC", MannersReader::time);
    private static final ValueType<URI> SUCCESSOR =
            new ValueType<>("a path or an address", MannersReader::address);

    private final Fields fields;
    private final @Nullable Transport transport;
    private final KnownChannels known;

    /**
     * @param transport null: it is wrong, and what it has is not known
     */
    MannersReader(Fields fields, @Nullable Transport transport, KnownChannels channels) {
        this.fields = fields;
        this.transport = transport;
        this.known = channels;
    }

    /**
     * @param channels of the endpoint
     * @param queryToken whether a token may come in the query where the endpoint does not say
     */
    Manners read(List<String> channels, boolean queryToken) {
        var greeting = find("greeting", choice(Greeting.class), this::isWebSocket, "ws-ack");
        if (greeting == Greeting.MONITOR_SNAPSHOT) {
            requireAnnouncements(channels);
        }
        var own = find("token-in-query", flag(), this::isPlain, "false");
        return new Manners(
                Objects.requireNonNullElse(greeting, Greeting.NONE),
                deprecation(),
                Objects.requireNonNullElse(own, queryToken),
                presence(),
                find("schema-version", VERSION, this::isWebSocket, "1"));
    }

    private boolean isWebSocket(Transport given) {
        return given == Transport.WEBSOCKET;
    }

    private boolean isPlain(Transport given) {
        return given.isPlain();
    }

    private <T> @Nullable T find(
            String key, ValueType<T> type, Predicate<Transport> fits, String example) {
        var value = fields.find(key, type, example);
        if (value != null) {
            requireFit(key, fits);
        }
        return value;
    }

    private void requireFit(String key, Predicate<Transport> fits) {
        if (transport != null && !fits.test(transport)) {
            fields.refuse(key, "nothing, for this transport has nothing like it", "");
        }
    }

    /** Whoever is told once who is there has to hear of every change. */
    private void requireAnnouncements(List<String> channels) {
        for (var name : channels) {
            var rules = known.rules(name);
            if (rules != null && rules.presence() && !rules.joinLeave()) {
                fields.refuse(
                        "greeting", "join-leave on the channel " + name + ", for a snapshot", "");
            }
        }
    }

    private @Nullable Deprecation deprecation() {
        var group = fields.group("deprecated", "{ since: 2026-11-21, successor: /ws }");
        if (group == null) {
            return null;
        }
        requireFit("deprecated", this::isPlain);
        var since = group.require("since", TIME, "2026-11-21");
        var sunset = group.find("sunset", TIME, "2027-12-31");
        var successor = group.find("successor", SUCCESSOR, "/ws");
        group.refuseOthers();
        if (since != null && sunset != null && sunset.isBefore(since)) {
            group.refuse("sunset", "not before since", "");
        }
        return since == null ? null : new Deprecation(since, sunset, successor);
    }

    private List<String> presence() {
        var expected = "channels of the catalogue that keep presence and have no variables";
        var names = new ArrayList<String>();
        for (var name : fields.texts("presence", expected, "[\"games:online\"]")) {
            if (known.keepsPresence(name.text())) {
                names.add(name.text());
            } else {
                fields.refuse("presence", name, expected, "[\"games:online\"]");
            }
        }
        if (!names.isEmpty()) {
            requireFit("presence", this::isPlain);
        }
        return names;
    }

    /** A day begins in UTC. */
    private static Instant time(String text) {
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("no time", e);
        }
    }

    private static URI address(String text) {
        var address = URI.create(text);
        if (address.getHost() == null && !text.startsWith("/")) {
            throw new IllegalArgumentException("neither path nor address");
        }
        return address;
    }
}
