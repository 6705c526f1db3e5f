package dev.fanfare.server.config;

import static dev.fanfare.server.config.ValueType.flag;
import static dev.fanfare.server.config.ValueType.integer;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.server.config.Endpoint.Answer;
import dev.fanfare.server.config.Endpoint.InBand;
import dev.fanfare.server.config.Endpoint.Transport;
import dev.fanfare.server.config.Endpoint.Unidirectional;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the options of one endpoint that only some transports have. */
final class InBandReader {
    private static final ValueType<Integer> CODE = integer(100, 4999);
    private static final ValueType<Integer> CLOSE_CODE = integer(3000, 4999);
    private static final ValueType<String> REASON =
            new ValueType<>("a text of at most 123 bytes", InBandReader::reason);
    private static final ValueType<String> BODY = new ValueType<>("a text", text -> text);

    private static final ValueType<String> HEADER =
            new ValueType<>("the name of a header", InBandReader::header);

    private final Fields fields;
    private final @Nullable Transport transport;

    /**
     * @param transport null: it is wrong, and what it has is not known
     */
    InBandReader(Fields fields, @Nullable Transport transport) {
        this.fields = fields;
        this.transport = transport;
    }

    InBand read() {
        boolean inBand = transport == null || transport.isInBand();
        boolean socket = transport == null || transport == Transport.CENTRIFUGE_UNI_WEBSOCKET;
        boolean oneWay = transport == null || transport.isUnidirectional();
        boolean stream = transport == null || transport.isUnidirectionalStream();
        var unidirectional =
                new Unidirectional(
                        codes("connect-code-to-disconnect", oneWay, InBandReader::disconnect),
                        codes("connect-code-to-http-response", stream, InBandReader::answer),
                        !option("disable-closing-handshake", socket),
                        !option("disable-disconnect-push", socket),
                        option("join-push-messages", socket));
        return new InBand(
                option("anonymous", inBand),
                anonymousTokens(inBand),
                userHeader(inBand),
                option("insecure", inBand),
                unidirectional);
    }

    private boolean anonymousTokens(boolean possible) {
        boolean allowed = fields.get("anonymous-tokens", flag(), true, "false");
        if (!allowed && !possible) {
            fields.refuse("anonymous-tokens", "true, for this transport has nothing like it", "");
        }
        return allowed;
    }

    private @Nullable String userHeader(boolean possible) {
        var header = fields.find("user-header", HEADER, "X-User-Id");
        if (header != null && !possible) {
            fields.refuse("user-header", "nothing, for this transport has nothing like it", "");
        }
        return header;
    }

    private boolean option(String key, boolean possible) {
        boolean on = fields.get(key, flag(), false, "true");
        if (on && !possible) {
            fields.refuse(key, "false, for this transport has nothing like it", "false");
        }
        return on;
    }

    private <T> Map<Integer, T> codes(
            String key, boolean possible, Function<Fields, @Nullable T> reader) {
        var codes = new HashMap<Integer, T>();
        var example = "{ 109: " + example(key) + " }";
        var group = fields.group(key, example);
        if (group == null) {
            return codes;
        }
        if (!possible) {
            fields.refuse(key, "nothing, for this transport has nothing like it", "");
        }
        for (var name : group.keys()) {
            var members = group.group(name, example(key));
            var value = members == null ? null : reader.apply(members);
            var code = code(name);
            if (code == null) {
                group.refuse(name, "codes from " + CODE.expected(), "");
            } else if (value != null) {
                codes.put(code, value);
            }
        }
        return codes;
    }

    private static String example(String key) {
        return key.endsWith("disconnect")
                ? "{ code: 4001, reason: come back later }"
                : "{ status: 401, body: come back later }";
    }

    private static @Nullable Integer code(String name) {
        try {
            return CODE.parse(name);
        } catch (IllegalArgumentException none) {
            return null;
        }
    }

    private static @Nullable Disconnect disconnect(Fields members) {
        var code = members.require("code", CLOSE_CODE, "4001");
        var reason = members.require("reason", REASON, "come back later");
        members.refuseOthers();
        return code == null || reason == null ? null : new Disconnect(code, reason);
    }

    private static @Nullable Answer answer(Fields members) {
        var status = members.require("status", integer(200, 599), "401");
        var body = members.get("body", BODY, "", "come back later");
        members.refuseOthers();
        return status == null ? null : new Answer(status, body);
    }

    /** RFC 9110, section 5.1. */
    private static String header(String text) {
        if (!text.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
            throw new IllegalArgumentException("no header");
        }
        return text;
    }

    private static String reason(String text) {
        if (text.getBytes(UTF_8).length > 123) {
            throw new IllegalArgumentException("too long");
        }
        return text;
    }
}
