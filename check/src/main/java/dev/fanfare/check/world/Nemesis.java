package dev.fanfare.check.world;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.fanfare.check.history.Fault;
import dev.fanfare.check.history.Recorder;
import dev.fanfare.check.world.Plan.Step;
import dev.fanfare.check.world.World.Place;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Breaks a world as planned, and mends it. For one thread. */
public final class Nemesis {
    private static final Duration DELAY = Duration.ofMillis(150);

    /** Something that can fail when it is broken or mended. */
    private interface Deed {
        void run() throws IOException, InterruptedException;
    }

    private final World world;
    private final Recorder recorder;

    public Nemesis(World world, Recorder recorder) {
        this.world = world;
        this.recorder = recorder;
    }

    /** Returns when all is done, and mended. */
    public void run(Plan plan) throws IOException, InterruptedException {
        long start = System.nanoTime();
        long fault = 0;
        for (var together : plan.together()) {
            var running = new ArrayList<FutureTask<Void>>();
            for (var step : together) {
                TimeUnit.NANOSECONDS.sleep(start + step.at().toNanos() - System.nanoTime());
                running.add(started(++fault, step));
            }
            for (var task : running) {
                await(task);
            }
        }
    }

    private FutureTask<Void> started(long fault, Step step) {
        var task =
                new FutureTask<Void>(
                        () -> {
                            act(fault, step);
                            return null;
                        });
        Thread.ofVirtual().name("fault-" + fault).start(task);
        return task;
    }

    private static void await(FutureTask<Void> task) throws IOException, InterruptedException {
        try {
            task.get();
        } catch (ExecutionException failed) {
            throw new IOException("a fault could not be made or mended", failed.getCause());
        }
    }

    private void act(long fault, Step step) throws IOException, InterruptedException {
        var place = world.places().get(step.target());
        var redis = world.redis();
        var target = step.kind().isOfRedis() ? "redis" : place.name();
        recorder.record(new Fault.Began(fault, step.kind(), target));
        switch (step.kind()) {
            case NODE_KILLED -> around(step, place.process()::kill, () -> restart(place));
            case NODE_STOPPED -> around(step, place.process()::stop, () -> restart(place));
            case NODE_FROZEN -> around(step, place.process()::freeze, place.process()::thaw);
            case REDIS_RESTARTED -> around(step, redis::kill, redis::start);
            case REDIS_LOST -> around(step, redis::kill, redis::restartEmpty);
            case REDIS_FLUSHED -> flush();
            case REDIS_FROZEN -> around(step, redis::freeze, redis::thaw);
            case REDIS_CUT -> place.redis().cut();
            case REDIS_DELAYED ->
                    around(step, () -> place.redis().delay(DELAY), place.redis()::resume);
            case REDIS_STALLED -> around(step, place.redis()::stall, place.redis()::resume);
            case CLIENTS_CUT -> place.clients().cut();
            case CLIENTS_DELAYED ->
                    around(step, () -> place.clients().delay(DELAY), place.clients()::resume);
            case MESSAGE_DROPPED, MESSAGE_REPEATED, MESSAGES_SWAPPED ->
                    throw new IllegalArgumentException("step: " + step + " (expected: a fault)");
        }
        recorder.record(new Fault.Ended(fault));
    }

    private static void around(Step step, Deed breaking, Deed mending)
            throws IOException, InterruptedException {
        breaking.run();
        TimeUnit.NANOSECONDS.sleep(step.lasts().toNanos());
        mending.run();
    }

    private static void restart(Place place) throws IOException {
        place.process().start();
        place.process().awaitReady();
    }

    private void flush() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), world.redis().port())) {
            socket.setSoTimeout((int) Duration.ofSeconds(10).toMillis());
            socket.getOutputStream().write("FLUSHALL\r\n".getBytes(US_ASCII));
            if (socket.getInputStream().read() != '+') {
                throw new IOException("FLUSHALL fails");
            }
        }
    }
}
