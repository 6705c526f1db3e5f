package dev.fanfare.server.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a server answers to a request for a WebSocket (RFC 6455, section 4.2). */
public sealed interface WebSocketUpgrade {
    /**
     * @param accept the {@code Sec-WebSocket-Accept} of the 101 response
     */
    record Accepted(String accept) implements WebSocketUpgrade {}

    /**
     * @param headers that the response must have
     */
    record Refused(
            int status, String field, String got, String expected, Map<String, String> headers)
            implements WebSocketUpgrade {
        public Refused {
            headers = Map.copyOf(headers);
        }
    }

    /**
     * The parts of the request that matter, null where the request does not have them. A header
     * that may be a list and stands there several times is joined by commas.
     */
    record Request(
            String method,
            @Nullable String upgrade,
            @Nullable String connection,
            @Nullable String version,
            @Nullable String key) {}

    static WebSocketUpgrade check(Request request) {
        if (!request.method.equals("GET")) {
            return new Refused(405, "method", request.method, "GET", Map.of("Allow", "GET"));
        }
        if (!hasToken(request.upgrade, "websocket")) {
            return refused(
                    426, "Upgrade", request.upgrade, "websocket", Map.of("Upgrade", "websocket"));
        }
        if (!hasToken(request.connection, "upgrade")) {
            return refused(400, "Connection", request.connection, "Upgrade", Map.of());
        }
        if (!"13".equals(request.version)) {
            return refused(
                    426,
                    "Sec-WebSocket-Version",
                    request.version,
                    "13",
                    Map.of("Sec-WebSocket-Version", "13"));
        }
        if (request.key == null || !Keys.isValid(request.key)) {
            return refused(400, "Sec-WebSocket-Key", request.key, "16 bytes in base64", Map.of());
        }
        return new Accepted(Keys.accept(request.key));
    }

    private static Refused refused(
            int status,
            String header,
            @Nullable String value,
            String expected,
            Map<String, String> headers) {
        String found = value == null ? "missing" : value;
        return new Refused(status, header, found, expected, headers);
    }

    private static boolean hasToken(@Nullable String list, String token) {
        if (list == null) {
            return false;
        }
        for (String element : list.split(",", -1)) {
            if (element.strip().equalsIgnoreCase(token)) {
                return true;
            }
        }
        return false;
    }

    /** What is done with {@code Sec-WebSocket-Key}. */
    final class Keys {
        private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

        /** 16 bytes: 22 digits, of the last of which two bits count, and two signs of padding. */
        private static final Pattern VALID = Pattern.compile("[A-Za-z0-9+/]{21}[AQgw]==");

        private Keys() {}

        private static boolean isValid(String key) {
            return VALID.matcher(key).matches();
        }

        private static String accept(String key) {
            byte[] hash = sha1().digest((key + GUID).getBytes(ISO_8859_1));
            return Base64.getEncoder().encodeToString(hash);
        }

        private static MessageDigest sha1() {
            try {
                return MessageDigest.getInstance("SHA-1");
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }
}
