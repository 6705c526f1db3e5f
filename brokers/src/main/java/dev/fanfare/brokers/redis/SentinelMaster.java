package dev.fanfare.brokers.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import dev.fanfare.brokers.redis.RedisAddress.Access;
import dev.fanfare.brokers.redis.RedisAddress.Node;
import dev.fanfare.brokers.redis.RedisAddress.Sentinel;
import io.lettuce.core.protocol.CommandType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A primary whose place Sentinels know. All are asked, and the one that knows of the latest change
 * is believed: one that is cut off from the others may still name the primary before.
 */
final class SentinelMaster implements Link.Place {
    /**
     * @param epoch of the Sentinels' configuration: a later one has a higher number
     */
    private record Opinion(Node node, long epoch) {}

    private final Sentinel address;
    private final Connector connector;

    SentinelMaster(Sentinel address, Connector connector) {
        this.address = address;
        this.connector = connector;
    }

    @Override
    public CompletionStage<Node> find() {
        var answers = address.nodes().stream().map(this::ask).toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .handle((_, failure) -> failure)
                .thenCompose(failure -> latest(answers, failure));
    }

    private CompletionStage<Node> latest(
            List<CompletableFuture<Opinion>> answers, @Nullable Throwable failure) {
        var best = (Opinion) null;
        for (var answer : answers) {
            if (answer.isCompletedExceptionally()) {
                continue;
            }
            var opinion = answer.join();
            if (best == null || opinion.epoch() > best.epoch()) {
                best = opinion;
            }
        }
        return best != null
                ? completedFuture(best.node())
                : failedFuture(Objects.requireNonNull(failure));
    }

    private CompletableFuture<Opinion> ask(Node sentinel) {
        var server = "sentinel " + sentinel;
        var open = new Access("", "", 0, address.access().tls());
        return ask(sentinel, open)
                .exceptionallyCompose(
                        failure ->
                                String.valueOf(failure).contains("NOAUTH")
                                        ? ask(sentinel, address.access())
                                        : failedFuture(failure))
                .exceptionallyCompose(failure -> failedFuture(trouble(server, failure)));
    }

    private Trouble trouble(String server, Throwable failure) {
        if (String.valueOf(failure).contains("No such master")) {
            return new Trouble(
                    server,
                    "knows no master " + address.master(),
                    "is the name after the hosts the one that its configuration monitors?");
        }
        if (String.valueOf(failure).contains("unknown command")) {
            return new Trouble(server, "is no Sentinel", "use redis://, or the Sentinels' port");
        }
        return Trouble.of(server, address.access().tls(), failure);
    }

    private CompletableFuture<Opinion> ask(Node sentinel, Access access) {
        return connector
                .ask(sentinel, access, CommandType.SENTINEL, "SENTINEL", "MASTER", address.master())
                .thenApply(SentinelMaster::opinion);
    }

    private static Opinion opinion(List<Object> answer) {
        Map<String, String> fields = new HashMap<>();
        for (int each = 0; each + 1 < answer.size(); each += 2) {
            fields.put(text(answer.get(each)), text(answer.get(each + 1)));
        }
        var node =
                new Node(
                        fields.getOrDefault("ip", ""),
                        Integer.parseInt(fields.getOrDefault("port", "0")));
        return new Opinion(node, Long.parseLong(fields.getOrDefault("config-epoch", "0")));
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, UTF_8);
    }

    @Override
    public Access access() {
        return address.access();
    }

    @Override
    public void examine(Node node, Identity identity) {
        identity.require(node, "standalone");
    }

    @Override
    public boolean has(int slot) {
        return true;
    }

    @Override
    public boolean isSharded() {
        return false;
    }

    @Override
    public boolean isGone(String error) {
        return true;
    }
}
