package dev.fanfare.check;

import dev.fanfare.check.client.Crowd;
import dev.fanfare.check.history.Recorder;
import dev.fanfare.check.history.Recording;
import dev.fanfare.check.history.Run;
import dev.fanfare.check.world.Nemesis;
import dev.fanfare.check.world.Plan;
import dev.fanfare.check.world.World;
import dev.fanfare.harness.RedisProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One run: nodes are used and broken for a while; then nothing is broken any more, and what was
 * promised has time to come true.
 *
 * @param jar the built server
 * @param directory for what the nodes write
 */
record HistoryRun(Path jar, Path directory, long seed, Duration duration) {
    private static final int NODES = 3;
    private static final Duration RECOVERY = Duration.ofSeconds(30);
    private static final Duration READING = Duration.ofSeconds(3);

    /** What is going to be broken. */
    Plan plan() {
        var promises = World.promises();
        var quiet = promises.presence() + promises.delivery() + 2 * READING.toMillis();
        return Plan.of(seed, duration.minusMillis(quiet), NODES);
    }

    Recording run() throws IOException, InterruptedException {
        var run = new Run(seed, World.channels(), World.promises());
        try (var world = World.start(jar, directory, NODES, redis())) {
            var recorder = new Recorder(run, System::nanoTime);
            try (var crowd = Crowd.start(world.site(recorder), World.channels(), seed)) {
                new Nemesis(world, recorder).run(plan());
                crowd.calmDown();
                if (!world.awaitCalm(RECOVERY)) {
                    throw new IOException("nodes are not ready, though nothing is broken");
                }
                end(crowd);
                return recorder.recording();
            }
        }
    }

    private static void end(Crowd crowd) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(World.promises().presence());
        crowd.look();
        crowd.comeAndGo();
        TimeUnit.MILLISECONDS.sleep(READING.toMillis());
        crowd.beSilent();
        TimeUnit.MILLISECONDS.sleep(World.promises().delivery());
        crowd.look();
        crowd.readEverything();
        TimeUnit.MILLISECONDS.sleep(READING.toMillis());
        crowd.look();
    }

    private RedisProcess.Version redis() {
        var versions = RedisProcess.Version.values();
        return versions[Math.floorMod(seed, versions.length)];
    }
}
