package dev.fanfare.check.client;

import dev.fanfare.check.client.Talk.Ending;
import dev.fanfare.check.history.Position;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client that listens. It comes back through any node as often as it is cut off, and goes away by
 * itself from time to time. Has a thread of its own; any may close it.
 */
public final class Listener implements AutoCloseable {
    private static final int LONGEST_PAUSE_MILLIS = 400;

    private final Site site;
    private final Profile profile;
    private final Standing standing;
    private final CountDownLatch closed = new CountDownLatch(1);
    private int connections;
    private volatile @Nullable Runnable leave;

    private Listener(Site site, Profile profile, Standing standing) {
        this.site = site;
        this.profile = profile;
        this.standing = standing;
    }

    public static Listener start(Site site, Profile profile) {
        return start(site, profile, Map.of());
    }

    /**
     * @param positions where it continues, by channel
     */
    public static Listener start(Site site, Profile profile, Map<String, Position> positions) {
        var standing = new Standing();
        positions.forEach(standing::move);
        var listener = new Listener(site, profile, standing);
        Thread.ofVirtual().name(profile.name()).start(listener::run);
        return listener;
    }

    public Profile profile() {
        return profile;
    }

    /** Ends the connection there is; another follows. */
    public void leave() {
        var going = leave;
        if (going != null) {
            going.run();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        leave();
    }

    private void run() {
        while (closed.getCount() > 0) {
            connect();
            pause();
        }
    }

    private void connect() {
        var node = site.anyNode();
        var name = profile.name() + "#" + ++connections;
        var witness = new Witness(name, profile, node, standing, site.recorder());
        try (var talk = profile.protocol().open(site, node, witness)) {
            leave = () -> end(talk, witness);
            while (closed.getCount() > 0) {
                talk.next();
            }
        } catch (Ending ending) {
            witness.ended(ending.byClient(), ending.code(), String.valueOf(ending.getMessage()));
        } catch (IOException lost) {
            witness.ended(false, 0, lost.toString());
        } finally {
            leave = null;
        }
    }

    private static void end(Talk talk, Witness witness) {
        witness.ended(true, 0, "leaves");
        talk.close();
    }

    private void pause() {
        var pause = Duration.ofMillis(ThreadLocalRandom.current().nextInt(LONGEST_PAUSE_MILLIS));
        try {
            var _ = closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException nobodyDoesThis) {
            Thread.currentThread().interrupt();
        }
    }
}
