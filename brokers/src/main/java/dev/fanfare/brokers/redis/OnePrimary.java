package dev.fanfare.brokers.redis;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A primary that has everything. */
record OnePrimary(Link link) implements Shard {
    @Override
    public CompletionStage<Void> start() {
        return link.start();
    }

    @Override
    public Link link(String tag) {
        return link;
    }

    @Override
    public Optional<String> unready() {
        return link.unready();
    }

    @Override
    public boolean isSharded() {
        return false;
    }

    @Override
    public void sweep() {
        link.sweep();
    }

    @Override
    public void verify() {
        link.verify();
    }

    @Override
    public CompletionStage<Void> close() {
        return link.close();
    }
}
