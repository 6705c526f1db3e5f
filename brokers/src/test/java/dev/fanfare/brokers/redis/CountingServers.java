package dev.fanfare.brokers.redis;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the scripts it has others run. */
final class CountingServers implements Servers {
    final AtomicInteger runs = new AtomicInteger();
    private final Servers servers;

    CountingServers(Servers servers) {
        this.servers = servers;
    }

    @Override
    public CompletionStage<List<Object>> run(
            String tag, Script script, List<String> keys, List<byte[]> arguments) {
        var _ = runs.incrementAndGet();
        return servers.run(tag, script, keys, arguments);
    }

    @Override
    public CompletionStage<Void> send(String tag, String topic, byte[] message) {
        return servers.send(tag, topic, message);
    }

    @Override
    public CompletionStage<Void> subscribe(String tag, String topic, Ear ear) {
        return servers.subscribe(tag, topic, ear);
    }

    @Override
    public void unsubscribe(String tag, String topic) {
        servers.unsubscribe(tag, topic);
    }

    @Override
    public boolean isSharded() {
        return servers.isSharded();
    }

    @Override
    public void close() {
        servers.close();
    }
}
