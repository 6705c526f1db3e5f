package dev.fanfare.bench;

import dev.fanfare.brokers.redis.RedisAddress;
import dev.fanfare.brokers.redis.RedisEngine;
import dev.fanfare.brokers.redis.RedisObserver;
import dev.fanfare.brokers.redis.RedisOptions;
import dev.fanfare.core.broker.Broker;
import dev.fanfare.core.broker.PublishOptions;
import dev.fanfare.core.broker.Retention;
import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Payload;
import dev.fanfare.harness.RedisProcess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Publishes through a Redis of its own as fast as it takes them, a thousand under way at a time.
 * After each iteration it says what a publish cost: Redis, and us.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@SuppressWarnings("NullAway.Init") // JMH calls what it has to, in order
public class RedisPublishBenchmark {
    private static final int UNDER_WAY = 1_000;
    private static final Pattern USED = Pattern.compile("used_cpu_(?:sys|user):([0-9.]+)");

    @Param({"REDIS_6", "REDIS_7"})
    private RedisProcess.Version version = RedisProcess.Version.REDIS_7;

    @Param({"false", "true"})
    private boolean history;

    /** Whether we hear what we publish. */
    @Param({"false", "true"})
    private boolean listening;

    @Param("1000")
    private int channels;

    private final Message message =
            new Message(
                    "m-123456",
                    null,
                    Payload.json("{\"text\":\"" + "x".repeat(110) + "\"}"),
                    null,
                    Audience.EVERYONE);
    private final Semaphore free = new Semaphore(UNDER_WAY);
    private final AtomicLong published = new AtomicLong();
    private PublishOptions options = new PublishOptions(Retention.NONE, null);
    private Channel[] names = {};
    private RedisProcess redis;
    private RedisEngine engine;
    private Broker broker;
    private long publishedBefore;
    private double redisBefore;
    private double usBefore;

    @Setup
    public void connect() throws Exception {
        redis = RedisProcess.start(version);
        var servers = RedisOptions.of(RedisAddress.parse(redis.url()));
        engine = RedisEngine.open(servers, "fanfare", RedisObserver.NONE, InstantSource.system());
        broker = engine.broker("");
        broker.start(publication -> {});
        if (history) {
            options = new PublishOptions(new Retention(100, Duration.ofMinutes(10)), null);
        }
        names = new Channel[channels];
        for (int index = 0; index < channels; index++) {
            names[index] = new Channel("news:" + index);
            if (listening) {
                broker.subscribe(names[index]).toCompletableFuture().join();
            }
        }
    }

    @Benchmark
    public void publish() throws InterruptedException {
        free.acquire();
        var channel = names[(int) (published.getAndIncrement() % channels)];
        var _ =
                broker.publish(channel, message, options)
                        .whenComplete((position, failure) -> done(failure));
    }

    private void done(Throwable failure) {
        free.release();
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
    }

    @Setup(Level.Iteration)
    public void begin() throws IOException {
        publishedBefore = published.get();
        redisBefore = redisSeconds();
        usBefore = ourSeconds();
    }

    @TearDown(Level.Iteration)
    public void end() throws IOException, InterruptedException {
        free.acquire(UNDER_WAY);
        free.release(UNDER_WAY);
        double count = published.get() - publishedBefore;
        System.out.printf(
                "%.1f µs of Redis, %.1f µs of ours per publish: ",
                (redisSeconds() - redisBefore) * 1e6 / count,
                (ourSeconds() - usBefore) * 1e6 / count);
    }

    private double redisSeconds() throws IOException {
        var used = USED.matcher(redis.command("INFO", "cpu"));
        double seconds = 0;
        while (used.find()) {
            seconds += Double.parseDouble(used.group(1));
        }
        return seconds;
    }

    private static double ourSeconds() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return ((com.sun.management.OperatingSystemMXBean) system).getProcessCpuTime() / 1e9;
    }

    @TearDown
    public void disconnect() {
        engine.close();
        redis.close();
    }
}
