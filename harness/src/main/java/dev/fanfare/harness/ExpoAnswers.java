package dev.fanfare.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What Expo's push service answers. */
final class ExpoAnswers {
    private static final JsonMapper JSON = new JsonMapper();

    private ExpoAnswers() {}

    /** A ticket or a receipt. */
    static ObjectNode error(String error) {
        var item = JSON.createObjectNode().put("status", "error").put("message", "it is " + error);
        item.putObject("details").put("error", error);
        return item;
    }

    /** Of a request as a whole. */
    static ObjectNode errors(String code, @Nullable String message) {
        var answer = JSON.createObjectNode();
        answer.putArray("errors").addObject().put("code", code).put("message", message);
        return answer;
    }

    static void write(HttpExchange exchange, int status, ObjectNode body) throws IOException {
        var bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** The head, and the beginning of a body. */
    static void begin(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write("{\"data\":[".getBytes(UTF_8));
        exchange.getResponseBody().flush();
    }
}
