package dev.fanfare.brokers.redis;

import static java.util.concurrent.CompletableFuture.completedFuture;

import dev.fanfare.brokers.redis.RedisAddress.Access;
import dev.fanfare.brokers.redis.RedisAddress.Node;
import java.util.concurrent.CompletionStage;

/** A primary that is always in the same place. */
record SingleServer(Node node, Access access) implements Link.Place {
    @Override
    public CompletionStage<Node> find() {
        return completedFuture(node);
    }

    @Override
    public void examine(Node examined, Identity identity) {
        identity.require(examined, "standalone");
    }

    @Override
    public boolean isSharded() {
        return false;
    }

    @Override
    public boolean has(int slot) {
        return true;
    }

    @Override
    public boolean isGone(String error) {
        return true;
    }
}
