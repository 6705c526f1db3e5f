package dev.fanfare.check.wire;

import java.io.IOException;

/**
 * A server-sent event.
 *
 * @param name of its type; empty: it has none
 * @param data empty where there is only an id
 * @param id empty: it has none
 */
public record ServerEvent(String name, String data, String id) {
    /** The next one that says something. */
    public static ServerEvent read(Lines lines) throws IOException {
        var event = new ServerEvent("", "", "");
        while (true) {
            var line = lines.next();
            if (!line.isEmpty()) {
                event = event.with(line);
            } else if (!event.data.isEmpty() || !event.id.isEmpty()) {
                return event;
            }
        }
    }

    private ServerEvent with(String line) {
        int colon = line.indexOf(':');
        var value = line.substring(colon + 1).strip();
        return switch (colon < 0 ? "" : line.substring(0, colon)) {
            case "event" -> new ServerEvent(value, data, id);
            case "data" -> new ServerEvent(name, data + value, id);
            case "id" -> new ServerEvent(name, data, value);
            default -> this;
        };
    }
}
