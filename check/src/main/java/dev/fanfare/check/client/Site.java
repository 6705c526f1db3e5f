package dev.fanfare.check.client;

import dev.fanfare.check.history.Recorder;
import dev.fanfare.client.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The nodes, and what clients need to use them.
 *
 * @param patience after which a client gives up what does not answer
 */
public record Site(List<Address> nodes, Recorder recorder, Secrets secrets, Duration patience) {
    /** What opens the nodes. */
    public record Secrets(String token, String publish, String api) {}

    public Site {
        nodes = List.copyOf(nodes);
    }

    /** Any of the nodes. */
    public Address anyNode() {
        return nodes.get(ThreadLocalRandom.current().nextInt(nodes.size()));
    }

    String tokenOf(String user) {
        return new Tokens(secrets.token()).make(user, Map.of());
    }
}
