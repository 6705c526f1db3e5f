package dev.fanfare.core.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Payload;

/**
 * How a node is called.
 *
 * @param id never given twice
 * @param name for people
 */
public record NodeName(String id, String name) {
    static NodeName of(ClientInfo member) {
        return new NodeName(member.client(), new String(member.info().bytes(), UTF_8));
    }

    /** As the registry and messages have it. */
    ClientInfo member() {
        var info = Payload.of(name.getBytes(UTF_8), Payload.Format.TEXT);
        return new ClientInfo(id, "", info, Payload.NONE);
    }

    @Override
    public String toString() {
        return name + " (" + id + ")";
    }
}
