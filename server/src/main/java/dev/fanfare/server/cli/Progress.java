package dev.fanfare.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fanfare.core.model.StreamPosition;
import java.net.URLDecoder;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How far a subscriber has read each channel, learned from what it receives. For one thread at a
 * time.
 */
final class Progress {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern WRITTEN = Pattern.compile("([^@]+)@([^@]+):([0-9]{1,18})");

    private final Map<String, StreamPosition> byChannel = new TreeMap<>();

    /**
     * @param text {@code channel@epoch:offset}
     */
    void add(String text) {
        var written = WRITTEN.matcher(text);
        if (!written.matches()) {
            throw CommandFailure.misused(
                    "--since: "
                            + text
                            + " (expected: channel@epoch:offset, for example post:123@x7Fq:41)");
        }
        var channel = URLDecoder.decode(written.group(1).replace("+", "%2B"), UTF_8);
        byChannel.put(
                channel, new StreamPosition(written.group(2), Long.parseLong(written.group(3))));
    }

    /** Takes note of the place that a message tells, where it tells one. */
    void learn(String message) {
        var json = parse(message);
        if (json.path("channel").isTextual()
                && json.path("epoch").isTextual()
                && json.path("offset").asLong(-1) >= 0) {
            byChannel.put(
                    json.path("channel").textValue(),
                    new StreamPosition(
                            json.path("epoch").textValue(), json.path("offset").longValue()));
        }
    }

    boolean isEmpty() {
        return byChannel.isEmpty();
    }

    /** As the query parameter {@code since} wants it. */
    @Override
    public String toString() {
        return byChannel.entrySet().stream()
                .map(entry -> written(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(","));
    }

    /** What separates the parts may not stand in the channel's name. */
    private static String written(String channel, StreamPosition position) {
        var name = channel.replace("%", "%25").replace(",", "%2C").replace("@", "%40");
        return name + "@" + position.epoch() + ":" + position.offset();
    }

    private static JsonNode parse(String message) {
        try {
            return JSON.readTree(message);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }
}
