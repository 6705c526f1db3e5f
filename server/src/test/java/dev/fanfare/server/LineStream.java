package dev.fanfare.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The lines of a response without an end: server-sent events, or NDJSON. For one thread. */
final class LineStream implements AutoCloseable {
    /**
     * One server-sent event; what it does not have is empty.
     *
     * @param event its type
     */
    record Event(String id, String event, String data, String comment, String retry) {
        JsonNode json() {
            return Json.read(data);
        }
    }

    private final HttpWire wire;
    private final HttpWire.Head head;
    private byte[] chunk = new byte[0];
    private int position;
    private boolean ended;

    private LineStream(HttpWire wire, HttpWire.Head head) {
        this.wire = wire;
        this.head = head;
    }

    static LineStream open(HttpWire wire, String target, String... headers) {
        wire.request("GET", target, headers);
        return begin(wire);
    }

    static LineStream post(HttpWire wire, String target, String body, String... headers) {
        wire.request("POST", target, body.getBytes(UTF_8), headers);
        return begin(wire);
    }

    private static LineStream begin(HttpWire wire) {
        try {
            var head = wire.head();
            if (head.status() != 200) {
                throw new AssertionError(
                        head
                                + "\n"
                                + new String(wire.in().readNBytes(wire.in().available()), UTF_8));
            }
            return new LineStream(wire, head);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String header(String name) {
        return head.headers().getOrDefault(name, "");
    }

    /** The next line, without its end. */
    String line() {
        var line = new ByteArrayOutputStream();
        for (int next = octet(); next != '\n'; next = octet()) {
            line.write(next);
        }
        return line.toString(UTF_8);
    }

    /** The next line, as JSON. */
    JsonNode json() {
        return Json.read(line());
    }

    /** The next event that has data. */
    Event event() {
        var event = block();
        while (event.data().isEmpty()) {
            event = block();
        }
        return event;
    }

    /** The lines up to the next empty one. */
    Event block() {
        var event = new Event("", "", "", "", "");
        for (var line = line(); !line.isEmpty(); line = line()) {
            event = with(event, line);
        }
        return event;
    }

    /** Whether the response is complete, and nothing is left in it. */
    boolean hasEnded() {
        fill();
        return ended;
    }

    private static Event with(Event event, String line) {
        int colon = line.indexOf(':');
        var value = line.substring(colon + 1).strip();
        return switch (line.substring(0, colon)) {
            case "id" -> new Event(value, event.event, event.data, event.comment, event.retry);
            case "event" -> new Event(event.id, value, event.data, event.comment, event.retry);
            case "data" -> new Event(event.id, event.event, value, event.comment, event.retry);
            case "" -> new Event(event.id, event.event, event.data, value, event.retry);
            case "retry" -> new Event(event.id, event.event, event.data, event.comment, value);
            default -> throw new AssertionError("line: " + line);
        };
    }

    private int octet() {
        fill();
        if (ended) {
            throw new AssertionError("the response has ended");
        }
        return chunk[position++];
    }

    private void fill() {
        try {
            if (!ended && position == chunk.length) {
                chunk = wire.chunk();
                position = 0;
                ended = chunk.length == 0;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        wire.close();
    }
}
