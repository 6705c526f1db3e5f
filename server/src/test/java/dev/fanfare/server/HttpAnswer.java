package dev.fanfare.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * What the server answered to one request.
 *
 * @param headers by their names in lower case; a repeated one is joined by commas
 */
record HttpAnswer(int status, Map<String, String> headers, String body) {
    HttpAnswer {
        headers = Map.copyOf(headers);
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    JsonNode json() {
        return Json.read(body);
    }

    /** Of a problem document: {@code 404 not_found path /nowhere}. */
    String problem() {
        if (!header("content-type").equals("application/problem+json")) {
            throw new AssertionError(
                    "no problem document: " + status + " " + headers + "\n" + body);
        }
        var json = json();
        return String.join(
                " ",
                json.get("status").asText(),
                json.get("code").asText(),
                json.get("field").asText(),
                json.get("got").asText());
    }
}
