package dev.fanfare.ably.rest;

import dev.fanfare.ably.access.Denied;
import dev.fanfare.protocols.ably.Format;
import dev.fanfare.protocols.ably.Formats;
import dev.fanfare.protocols.ably.Unreadable;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which of the formats a request is in, and which its answer is wanted in. */
final class Negotiation {
    private static final List<Format> FORMATS = List.of(Formats.JSON, Formats.MSGPACK);

    private Negotiation() {}

    /**
     * The query's {@code format} before the header Accept; JSON where neither names one of ours.
     */
    static Format ofAnswer(RestRequest request) {
        return switch (request.query().text("format")) {
            case "json" -> Formats.JSON;
            case "msgpack" -> Formats.MSGPACK;
            case null, default -> accepted(request.header("accept"));
        };
    }

    private static Format accepted(@Nullable String header) {
        if (header != null) {
            for (var range : header.split(",", -1)) {
                var format = named(range);
                if (format != null) {
                    return format;
                }
            }
        }
        return Formats.JSON;
    }

    /** Null where the body is empty. */
    static @Nullable Object body(RestRequest request) throws Denied {
        byte[] body = request.body();
        if (body.length == 0) {
            return null;
        }
        try {
            return ofBody(request).readTree(body);
        } catch (Unreadable e) {
            throw Errors.denied(40000, "body: " + e.getMessage());
        }
    }

    private static Format ofBody(RestRequest request) throws Denied {
        var type = request.header("content-type");
        var format = type == null ? Formats.JSON : named(type);
        if (format == null) {
            throw Errors.denied(
                    40000,
                    415,
                    "Content-Type: %s (expected: application/json or application/x-msgpack)"
                            .formatted(type));
        }
        return format;
    }

    /** Parameters after a semicolon change nothing. */
    private static @Nullable Format named(String range) {
        int end = range.indexOf(';');
        var type = (end < 0 ? range : range.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return FORMATS.stream()
                .filter(format -> format.mediaType().equals(type))
                .findFirst()
                .orElse(null);
    }
}
