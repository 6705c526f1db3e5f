package dev.fanfare.server.cluster;

import dev.fanfare.core.node.Nodes;
import dev.fanfare.core.session.UserSessions;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;

/**
 * The registers of users that may have one connection, by name, and what they claim on all nodes.
 * Any thread.
 */
final class Registers {
    private static final String TOPIC = "claim";

    /** Claims that are tried again at once. */
    private static final int BATCH = 1_000;

    private record Claim(String register, String user, String client) {}

    private final Nodes nodes;
    private final ConcurrentMap<String, UserSessions> registers = new ConcurrentHashMap<>();

    /** What could not be said. */
    private final Queue<Claim> unsaid = new ConcurrentLinkedQueue<>();

    Registers(Nodes nodes) {
        this.nodes = nodes;
        nodes.handle(
                TOPIC,
                body -> {
                    hear(body);
                    return Cluster.NOTHING;
                });
    }

    UserSessions named(String name) {
        return registers.computeIfAbsent(
                name, key -> new UserSessions((user, client) -> say(new Claim(key, user, client))));
    }

    private void hear(byte[] body) {
        var claim = Json.read(body);
        var register = registers.get(Json.text(claim, "register"));
        if (register != null) {
            register.claimed(Json.text(claim, "user"), Json.text(claim, "client"));
        }
    }

    /** It may have been heard although it fails; said again it counts once. */
    private void say(Claim claim) {
        var body =
                Json.object(
                        writer ->
                                writer.member("register", claim.register())
                                        .member("user", claim.user())
                                        .member("client", claim.client()));
        nodes.tell(TOPIC, body, claim.client())
                .whenComplete(
                        (said, failure) -> {
                            if (failure != null) {
                                unsaid.add(claim);
                            }
                        });
    }

    /** Tries again what still counts. */
    void sweep() {
        for (int count = Math.min(BATCH, unsaid.size()); count > 0; count--) {
            var claim = unsaid.remove();
            if (named(claim.register()).holds(claim.user(), claim.client())) {
                say(claim);
            }
        }
    }
}
