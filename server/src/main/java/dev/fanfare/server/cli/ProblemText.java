package dev.fanfare.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** The server's refusals (problem JSON, RFC 9457), told to a person. */
final class ProblemText {
    private static final JsonMapper JSON = new JsonMapper();

    private ProblemText() {}

    /** A headline, and beneath it what was wrong; the answer itself where it is no problem JSON. */
    static String of(int status, String answer) {
        var problem = parse(answer);
        if (!problem.path("title").isTextual()) {
            return status + " " + answer.strip();
        }
        var text =
                new StringBuilder()
                        .append(status)
                        .append(' ')
                        .append(problem.path("title").asText());
        appendMember(text, problem, "field");
        appendMember(text, problem, "got");
        appendMember(text, problem, "expected");
        for (var error : problem.path("errors")) {
            appendError(text, error);
        }
        return text.toString();
    }

    private static JsonNode parse(String answer) {
        try {
            return JSON.readTree(answer);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }

    private static void appendMember(StringBuilder text, JsonNode problem, String name) {
        if (problem.hasNonNull(name)) {
            text.append("%n  %-9s %s".formatted(name + ":", problem.path(name).asText()));
        }
    }

    private static void appendError(StringBuilder text, JsonNode error) {
        text.append(
                "%n  %s: %s: %s (expected: %s)"
                        .formatted(
                                error.path("channel").asText(),
                                error.path("field").asText(),
                                error.path("got").asText(),
                                error.path("expected").asText()));
    }
}
