package dev.fanfare.server.http;

import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.protocols.json.JsonWriter;
import java.time.Duration;
import java.util.List;

/**
 * Why a request was refused, as HTTP says it (RFC 9457): beside the members of the RFC which field
 * was wrong, what came and what was expected. The type is {@code urn:fanfare:problem:} and the code
 * with hyphens.
 *
 * @param code one word for programs: {@code unknown_channel}
 * @param title a short sentence for people, the same for every occurrence
 * @param channels where several channels were asked for: why each of the refused ones was
 */
public record Problem(
        int status,
        String code,
        String title,
        String field,
        String got,
        String expected,
        List<RefusedChannel> channels) {
    public static final String MEDIA_TYPE = "application/problem+json";

    /** One channel of a request, and why it was refused. */
    public record RefusedChannel(String channel, Refusal refusal) {}

    public Problem {
        channels = List.copyOf(channels);
    }

    public static Problem of(Refusal refusal) {
        return new Problem(
                status(refusal.code()),
                refusal.code().word(),
                refusal.code().title(),
                refusal.field(),
                refusal.got(),
                refusal.expected(),
                List.of());
    }

    /**
     * 403: the connection would have none of the channels, for all that it asked for must be
     * granted.
     */
    public static Problem channels(List<RefusedChannel> refused) {
        var names = String.join(",", refused.stream().map(RefusedChannel::channel).toList());
        return new Problem(
                403,
                "channels_refused",
                "Not every channel may be subscribed",
                "channels",
                names,
                "channels that exist and that this token may subscribe, see errors",
                refused);
    }

    /** 401. The answer also needs a header {@code WWW-Authenticate}. */
    public static Problem unauthorized(String field, String got, String expected) {
        return of(401, "unauthorized", "No valid credential", field, got, expected);
    }

    public static Problem forbidden(String field, String got, String expected) {
        return of(403, "forbidden", "Not allowed", field, got, expected);
    }

    public static Problem notFound(String path) {
        return of(
                404,
                "not_found",
                "No such resource",
                "path",
                path,
                "a path that is served on this port");
    }

    /** 405. The answer also needs a header {@code Allow}. */
    public static Problem methodNotAllowed(String method, List<String> allowed) {
        return of(
                405,
                "method_not_allowed",
                "No such method here",
                "method",
                method,
                String.join(", ", allowed));
    }

    public static Problem bodyTooLarge(String got, long largest) {
        return of(
                413,
                "body_too_large",
                "The body is too large",
                "body",
                got,
                "at most " + largest + " bytes");
    }

    public static Problem unsupportedMediaType(String got, String expected) {
        return of(
                415,
                "unsupported_media_type",
                "No such media type here",
                "Content-Type",
                got,
                expected);
    }

    /** The request does not lead to a WebSocket (RFC 6455, section 4.2.2). */
    public static Problem upgrade(int status, String field, String got, String expected) {
        return of(status, "bad_upgrade", "No WebSocket can come of this", field, got, expected);
    }

    /** There are enough connections; the answer also needs a header {@code Retry-After}. */
    public static Problem full(Refusal refusal, boolean ofUser) {
        return new Problem(
                ofUser ? 429 : 503,
                refusal.code().word(),
                refusal.code().title(),
                refusal.field(),
                refusal.got(),
                refusal.expected(),
                List.of());
    }

    public static Problem unavailable(String field, String got, String expected) {
        return of(503, "unavailable", "Not available now", field, got, expected);
    }

    /** What an application says, in its own words. */
    public static Problem ofApplication(
            int status, String code, String field, String got, String expected) {
        var title =
                switch (status) {
                    case 400 -> "The request cannot be understood";
                    case 401 -> "No valid credential";
                    case 403 -> "Not allowed";
                    case 404 -> "No such resource";
                    case 409 -> "Not as things stand";
                    case 413 -> "The request is too large";
                    case 429 -> "Too many requests";
                    default -> "Not available now";
                };
        return of(status, code, title, field, got, expected);
    }

    /** 408. The connection ends with it. */
    public static Problem requestTimeout(Duration limit) {
        return of(
                408,
                "request_timeout",
                "The request took too long to arrive",
                "request",
                "a part of it",
                "all of it within " + limit.toMillis() + " ms");
    }

    /** 500: the fault is ours, and the log says more. */
    public static Problem internal() {
        return of(500, "internal", "Our mistake", "server", "a failure", "another try later");
    }

    /** 400: what stands behind the question mark cannot be decoded. */
    public static Problem badQuery(String why) {
        return of(
                400,
                "bad_request",
                "The request cannot be understood",
                "query",
                why,
                "name=value, percent-encoded");
    }

    /** 400: it is no HTTP that we can read. */
    public static Problem badRequest() {
        return of(
                400,
                "bad_request",
                "The request cannot be understood",
                "request",
                "no valid HTTP",
                "HTTP/1.1 or HTTP/2");
    }

    /** One sentence: which field, what came, what was expected. */
    public String detail() {
        return field + ": " + got + " (expected: " + expected + ")";
    }

    public byte[] json() {
        var writer = new JsonWriter(512);
        write(writer);
        return writer.toBytes();
    }

    public void write(JsonWriter writer) {
        writer.beginObject()
                .member("type", "urn:fanfare:problem:" + code.replace('_', '-'))
                .member("title", title)
                .member("status", status)
                .member("detail", detail())
                .member("code", code)
                .member("field", field)
                .member("got", got)
                .member("expected", expected);
        if (!channels.isEmpty()) {
            writeChannels(writer);
        }
        writer.endObject();
    }

    private void writeChannels(JsonWriter writer) {
        writer.member("errors").beginArray();
        for (var refused : channels) {
            var refusal = refused.refusal();
            writer.beginObject()
                    .member("channel", refused.channel())
                    .member("code", refusal.code().word())
                    .member("field", refusal.field())
                    .member("got", refusal.got())
                    .member("expected", refusal.expected())
                    .endObject();
        }
        writer.endArray();
    }

    private static Problem of(
            int status, String code, String title, String field, String got, String expected) {
        return new Problem(status, code, title, field, got, expected, List.of());
    }

    private static int status(ErrorCode code) {
        return switch (code) {
            case BAD_REQUEST,
                    UNKNOWN_CHANNEL,
                    UNKNOWN_EVENT,
                    EVENT_NOT_CARRIED,
                    INVALID_PAYLOAD,
                    ALREADY_SUBSCRIBED,
                    LIMIT_EXCEEDED,
                    UNRECOVERABLE ->
                    400;
            case TOKEN_EXPIRED -> 401;
            case PERMISSION_DENIED -> 403;
            case PAYLOAD_TOO_LARGE -> 413;
            case TOO_MANY_REQUESTS -> 429;
            case INTERNAL -> 500;
            case NOT_AVAILABLE, UNAVAILABLE -> 503;
        };
    }
}
