package dev.fanfare.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.core.model.StreamPosition;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where a client stands on its channels, as text: {@code post:123@kqzfwmtx:7,comment:9@hbvnrels:2}.
 * It is what {@code since} takes and what the ids of server-sent events are. Of a channel's name
 * everything but printable ASCII, and {@code %}, {@code ,} and {@code @}, is percent-encoded.
 */
final class Positions {
    private static final String ENCODED = "%,@";

    private Positions() {}

    /**
     * @throws IllegalArgumentException saying what is wrong
     */
    static Map<String, StreamPosition> parse(String text) {
        var positions = new LinkedHashMap<String, StreamPosition>();
        for (var part : text.split(",", -1)) {
            int at = part.indexOf('@');
            int colon = part.lastIndexOf(':');
            if (at < 1 || colon < at + 2) {
                throw new IllegalArgumentException(part);
            }
            var channel = URLDecoder.decode(part.substring(0, at).replace("+", "%2B"), UTF_8);
            long offset = offset(part.substring(colon + 1));
            positions.put(channel, new StreamPosition(part.substring(at + 1, colon), offset));
        }
        return positions;
    }

    static String format(Map<String, StreamPosition> positions) {
        return positions.entrySet().stream()
                .map(entry -> format(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(","));
    }

    static String format(String channel, StreamPosition position) {
        return encode(channel) + "@" + position.epoch() + ":" + position.offset();
    }

    private static long offset(String text) {
        boolean digits =
                !text.isEmpty()
                        && text.length() <= 18
                        && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits) {
            throw new IllegalArgumentException(text);
        }
        return Long.parseLong(text);
    }

    private static String encode(String name) {
        var encoded = new StringBuilder(name.length());
        for (byte octet : name.getBytes(UTF_8)) {
            if (octet > ' ' && octet < 0x7f && ENCODED.indexOf(octet) < 0) {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append(String.format("%02X", octet & 0xff));
            }
        }
        return encoded.toString();
    }
}
