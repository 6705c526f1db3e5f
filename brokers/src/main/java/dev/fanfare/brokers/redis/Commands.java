package dev.fanfare.brokers.redis;

import dev.fanfare.core.model.Unavailable;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The connection for commands. Any thread hands them in; they are sent in the order in which they
 * came, all that have come meanwhile with one system call.
 */
final class Commands implements Wire.User {
    private final Wire wire;
    private final Identity identity;
    private final RedisOptions options;
    private final Consumer<String> onClosed;
    private final Consumer<String> onMisplaced;
    private final Queue<Call<?>> entrance = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean isDraining = new AtomicBoolean();
    // What Redis knows. On the event loop only.
    private final Set<String> scripts = new HashSet<>();
    private long heartbeat = System.nanoTime();

    /**
     * @param onClosed told why; on the event loop, as is {@code onMisplaced}
     * @param onMisplaced told what Redis has said
     */
    Commands(
            Wire wire,
            Identity identity,
            RedisOptions options,
            Consumer<String> onClosed,
            Consumer<String> onMisplaced) {
        this.wire = wire;
        this.identity = identity;
        this.options = options;
        this.onClosed = onClosed;
        this.onMisplaced = onMisplaced;
    }

    void start() {
        wire.usedBy(this);
    }

    Identity identity() {
        return identity;
    }

    String server() {
        return wire.server();
    }

    CompletionStage<List<Object>> run(Script script, List<String> keys, List<byte[]> arguments) {
        var words = new Object[4 + keys.size() + arguments.size()];
        words[0] = "EVALSHA";
        words[1] = script.sha1();
        words[2] = Integer.toString(keys.size());
        int next = 3;
        for (var key : keys) {
            words[next++] = key;
        }
        for (var argument : arguments) {
            words[next++] = argument;
        }
        words[next] = identity.generation();
        return submit(Call.of(script, words));
    }

    <T> CompletableFuture<T> submit(Call<T> call) {
        if (waiting.incrementAndGet() > options.queueLimit()) {
            var _ = waiting.decrementAndGet();
            return CompletableFuture.failedFuture(
                    new Unavailable(
                            server() + ": " + options.queueLimit() + " commands wait already"));
        }
        entrance.add(call);
        if (!isDraining.get() && isDraining.compareAndSet(false, true)) {
            wire.execute(this::drain);
        }
        return call.answer();
    }

    private void drain() {
        isDraining.set(false);
        var calls = new ArrayList<Call<?>>();
        for (var call = entrance.poll(); call != null; call = entrance.poll()) {
            var script = call.script();
            if (script != null && scripts.add(script.sha1())) {
                calls.add(Call.of(CommandType.SCRIPT, "SCRIPT", "LOAD", script.text()));
                var _ = waiting.incrementAndGet();
            }
            calls.add(call);
        }
        wire.send(calls);
    }

    @Override
    public void onAnswer() {
        var _ = waiting.decrementAndGet();
    }

    @Override
    public void onRefusal(Call<?> call, String error) {
        var script = call.script();
        if (script != null && Refused.code(error).equals("NOSCRIPT")) {
            scripts.remove(script.sha1());
        }
        if (Refused.isMisplaced(error)) {
            onMisplaced.accept(error);
        }
    }

    /** From time to time. Any thread. */
    void sweep() {
        wire.execute(
                () -> {
                    wire.sweep(options.timeout());
                    long now = System.nanoTime();
                    if (now - heartbeat > options.timeout().dividedBy(2).toNanos()) {
                        heartbeat = now;
                        askWhoItIs();
                    }
                });
    }

    /** A sign of life, and whether it is still the primary that it was. */
    private void askWhoItIs() {
        var call = Call.of(CommandType.INFO, "INFO", "replication");
        var _ = call.answer().thenAccept(this::compare);
        var _ = submit(call);
    }

    private void compare(List<Object> info) {
        var now = Identity.of(info);
        if (!now.isPrimary() || !now.replication().equals(identity.replication())) {
            onMisplaced.accept("it is not the primary any more that it was");
        }
    }

    /** Any thread. */
    CompletionStage<Void> close(String why) {
        return wire.close(why);
    }

    @Override
    public void onClosed(String why) {
        drain();
        onClosed.accept(why);
    }
}
