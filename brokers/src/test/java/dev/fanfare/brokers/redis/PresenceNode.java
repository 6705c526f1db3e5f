package dev.fanfare.brokers.redis;

import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.presence.HeardChanges;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** One node's presence, with connections and a timer of its own. */
final class PresenceNode implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final long PERIOD = 20;

    final RedisPresence presence;
    private final HeardChanges heard;
    private final RedisServers servers;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private ScheduledFuture<?> sweeping;

    /**
     * @param heard what it tells, perhaps together with others
     */
    PresenceNode(String url, Duration timeToLive, HeardChanges heard) throws RedisStartFailure {
        this.heard = heard;
        var options =
                RedisOptions.of(RedisAddress.parse(url))
                        .withTimeout(TIMEOUT)
                        .withBackoff(
                                new RedisOptions.Backoff(
                                        Duration.ofMillis(10), Duration.ofMillis(50)));
        servers = RedisServers.open(options, RedisObserver.NONE);
        presence = new RedisPresence(servers, new Keys("test", ""), timeToLive);
        presence.start(heard);
        sweeping = sweep();
    }

    private ScheduledFuture<?> sweep() {
        return timer.scheduleWithFixedDelay(presence::sweep, PERIOD, PERIOD, TimeUnit.MILLISECONDS);
    }

    /** Does nothing by itself any more, until it thaws. */
    void freeze() {
        sweeping.cancel(false);
    }

    void thaw() {
        sweeping = sweep();
    }

    /** Without a last word. */
    void kill() {
        if (!timer.isShutdown()) {
            timer.shutdownNow();
            servers.close();
        }
    }

    HeardChanges heard() {
        return heard;
    }

    void add(String channel, String client) {
        join(presence.add(new Channel(channel), new ClientInfo(client, "user")));
    }

    CompletionStage<Boolean> remove(String channel, String client) {
        return presence.remove(new Channel(channel), new ClientInfo(client, "user"));
    }

    Set<String> clients(String channel) {
        return join(presence.members(new Channel(channel))).keySet();
    }

    static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** In order. */
    @Override
    public void close() {
        freeze();
        presence.close();
        kill();
    }
}
