package dev.fanfare.server.cluster;

import dev.fanfare.core.node.Nodes;
import dev.fanfare.core.session.UserSessions;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The registers of users that may have one connection, by name, and what they claim on all nodes.
 * Any thread.
 */
final class Registers {
    private static final String TOPIC = "claim";

    private final Nodes nodes;
    private final ConcurrentMap<String, UserSessions> registers = new ConcurrentHashMap<>();

    Registers(Nodes nodes) {
        this.nodes = nodes;
        nodes.handle(
                TOPIC,
                body -> {
                    hear(body);
                    return Cluster.NOTHING;
                });
        nodes.whenNewsIsLost(() -> registers.values().forEach(UserSessions::claimAgain));
    }

    UserSessions named(String name) {
        return registers.computeIfAbsent(
                name, key -> new UserSessions((user, client) -> say(key, user, client)));
    }

    private void hear(byte[] body) {
        var claim = Json.read(body);
        var register = registers.get(Json.text(claim, "register"));
        if (register != null) {
            register.claimed(Json.text(claim, "user"), Json.text(claim, "client"));
        }
    }

    private CompletionStage<Void> say(String register, String user, String client) {
        var body =
                Json.object(
                        writer ->
                                writer.member("register", register)
                                        .member("user", user)
                                        .member("client", client));
        return nodes.tell(TOPIC, body);
    }
}
