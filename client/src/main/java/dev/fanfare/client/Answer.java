package dev.fanfare.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fanfare.client.RealtimeException.Code;
import dev.fanfare.client.RealtimeException.Reply;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an answer of the API says. An error has the API's own form, or that of a problem document
 * (RFC 9457), whose {@code detail} is read.
 */
record Answer(@Nullable Published result, @Nullable Reply error, @Nullable String detail) {
    private static final Answer NONE = new Answer(null, null, null);

    /** Codes with which the server asks for another try: internal error, too many requests. */
    private static final Set<Integer> TEMPORARY = Set.of(100, 111);

    /**
     * @param what for messages: what was asked for, and where
     * @throws RealtimeException where the message was not published
     */
    static Published read(String what, int status, String body) {
        var answer = parse(body);
        var error = answer.error;
        if (error != null) {
            var code = TEMPORARY.contains(error.code()) ? Code.UNAVAILABLE : Code.REFUSED;
            throw new RealtimeException(code, what + ": " + error.message(), error);
        }
        var result = answer.result;
        if (status == 200 && result != null) {
            return result;
        }
        var why = answer.detail == null ? "HTTP status " + status : answer.detail;
        throw new RealtimeException(answer.code(status), what + ": " + why, (Reply) null);
    }

    private Code code(int status) {
        if (status == 401 || status == 403) {
            return Code.UNAUTHORIZED;
        }
        if (status == 429 || status >= 500) {
            return Code.UNAVAILABLE;
        }
        return detail != null && status != 404 ? Code.REFUSED : Code.UNEXPECTED;
    }

    private static Answer parse(String body) {
        try (var parser = Json.FACTORY.createParser(body)) {
            return parser.nextToken() == JsonToken.START_OBJECT ? read(parser) : NONE;
        } catch (IOException noJson) {
            return NONE;
        }
    }

    private static Answer read(JsonParser parser) throws IOException {
        var answer = NONE;
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            var value = parser.nextToken();
            if (name.equals("result") && value == JsonToken.START_OBJECT) {
                answer = new Answer(readResult(parser), answer.error, answer.detail);
            } else if (name.equals("error") && value == JsonToken.START_OBJECT) {
                answer = new Answer(answer.result, readError(parser), answer.detail);
            } else if (name.equals("detail") && value == JsonToken.VALUE_STRING) {
                answer = new Answer(answer.result, answer.error, parser.getText());
            } else {
                parser.skipChildren();
            }
        }
        return answer;
    }

    private static Published readResult(JsonParser parser) throws IOException {
        long offset = 0;
        var epoch = "";
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            if (name.equals("offset")) {
                offset = parser.getValueAsLong();
            } else if (name.equals("epoch")) {
                epoch = parser.getValueAsString("");
            } else {
                parser.skipChildren();
            }
        }
        return new Published(offset, epoch);
    }

    private static Reply readError(JsonParser parser) throws IOException {
        int code = 0;
        var message = "";
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            if (name.equals("code")) {
                code = parser.getValueAsInt();
            } else if (name.equals("message")) {
                message = parser.getValueAsString("");
            } else {
                parser.skipChildren();
            }
        }
        return new Reply(code, message);
    }
}
