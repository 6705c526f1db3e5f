package dev.fanfare.server.api;

import dev.fanfare.core.session.UserCommand.Target;
import dev.fanfare.protocols.json.JsonReader;
import java.io.IOException;

/**
 * Reads whose connections are meant: {@code user}, {@code client}, {@code session}. Made for one.
 */
final class TargetReader {
    private String user = "";
    private String client = "";
    private String session = "";

    /** Reads the member here, or passes over it. */
    void readMember(JsonReader reader) throws IOException {
        switch (reader.isNull() ? "" : reader.member()) {
            case "user" -> user = reader.text("user");
            case "client" -> client = reader.text("client");
            case "session" -> session = reader.text("session");
            default -> reader.skip();
        }
    }

    boolean isMissing() {
        return user.isEmpty();
    }

    Target target() {
        return new Target(user, client, session);
    }
}
