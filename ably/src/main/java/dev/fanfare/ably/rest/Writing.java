package dev.fanfare.ably.rest;

import dev.fanfare.ably.rest.RestAnswer.Header;
import dev.fanfare.protocols.ably.ErrorInfo;
import dev.fanfare.protocols.ably.Format;
import dev.fanfare.protocols.ably.Formats;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns replies into answers, in the format and the wrapping that a request wants. */
final class Writing {
    private static final String TYPE = "Content-Type";

    private Writing() {}

    static RestAnswer answer(RestRequest request, Reply reply) {
        var format = Negotiation.ofAnswer(request);
        return format == Formats.JSON && "json".equals(request.query().text("envelope"))
                ? wrapped(reply)
                : plain(format, reply);
    }

    /** In JSON: it is not known what would be wanted. */
    static RestAnswer refusal(ErrorInfo error) {
        return plain(Formats.JSON, error(error));
    }

    private static RestAnswer plain(Format format, Reply reply) {
        if (reply.status() == 204) {
            return new RestAnswer(204, reply.headers(), new byte[0]);
        }
        var headers = new ArrayList<>(reply.headers());
        headers.add(new Header(TYPE, format.mediaType()));
        return new RestAnswer(reply.status(), headers, format.writeTree(reply.tree()));
    }

    /** For clients that see neither status nor headers. */
    private static RestAnswer wrapped(Reply reply) {
        var headers = new LinkedHashMap<String, Object>();
        for (var header : reply.headers()) {
            headers.merge(header.name(), header.value(), Writing::listed);
        }
        var envelope = new LinkedHashMap<String, Object>();
        envelope.put("statusCode", (long) reply.status());
        envelope.put("headers", headers);
        envelope.put("response", reply.tree());
        return plain(Formats.JSON, Reply.ok(envelope));
    }

    /** As HTTP has it where a header is there several times. */
    private static Object listed(Object first, Object next) {
        return first + ", " + next;
    }

    static Reply error(ErrorInfo error) {
        return new Reply(
                error.status(),
                Map.of("error", error),
                List.of(
                        new Header("X-Ably-Errorcode", String.valueOf(error.code())),
                        new Header("X-Ably-Errormessage", printable(error.message()))));
    }

    /** A header has no room for anything else. */
    private static String printable(String message) {
        return message.replaceAll("[^ -~]", "?");
    }
}
