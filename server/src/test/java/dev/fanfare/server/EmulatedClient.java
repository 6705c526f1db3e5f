package dev.fanfare.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * A client of the protocol compatible with Centrifugo over HTTP: hears in one response without an
 * end, and speaks by requests of their own. For one thread.
 */
final class EmulatedClient implements AutoCloseable {
    static final String STREAM = "/connection/http_stream";

    private final RunningServer server;
    private final LineStream stream;
    private final JsonNode welcome;

    private EmulatedClient(RunningServer server, LineStream stream) {
        this.server = server;
        this.stream = stream;
        welcome = stream.json();
    }

    /** One that is in, as this user. */
    static EmulatedClient connected(RunningServer server, String user) {
        return connected(server, server.connect(), connect(server.token(user)));
    }

    /**
     * @param commands connect the first
     */
    static EmulatedClient connected(RunningServer server, HttpWire wire, String commands) {
        return new EmulatedClient(server, LineStream.post(wire, STREAM, commands));
    }

    static String connect(String token) {
        return "{\"id\":1,\"connect\":{\"token\":\"" + token + "\"}}";
    }

    /** The answer to its connect. */
    JsonNode welcome() {
        return welcome;
    }

    LineStream stream() {
        return stream;
    }

    /** The next message. */
    JsonNode json() {
        return stream.json();
    }

    HttpAnswer send(String... commands) {
        return server.post("/emulation", emulation(commands));
    }

    String emulation(String... commands) {
        var result = welcome.get("connect");
        return emulation(result.get("session"), result.get("node"), String.join("\n", commands));
    }

    private static String emulation(JsonNode session, JsonNode node, String data) {
        var request = JsonNodeFactory.instance.objectNode();
        request.set("session", session);
        request.set("node", node);
        return request.put("data", data).toString();
    }

    @Override
    public void close() {
        stream.close();
    }
}
