package dev.fanfare.check.client;

import dev.fanfare.check.client.PublishWay.Letter;
import dev.fanfare.check.client.PublishWay.Outcome;
import dev.fanfare.check.history.Publish;
import dev.fanfare.check.history.Recorder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Publishes numbered messages, one after the other. What has a key is sent again as long as nobody
 * knows what became of it. Has a thread of its own; any may close it.
 */
public final class Publisher implements AutoCloseable {
    private static final int MOST_ATTEMPTS = 20;
    private static final AtomicLong ATTEMPTS = new AtomicLong();

    /** How a publisher goes about it. */
    public enum Manner {
        REQUESTS,
        REQUESTS_WITH_KEY,
        API,
        API_WITH_KEY,
        PLAIN_COMMANDS,
        COMPATIBLE_COMMANDS;

        private boolean hasKeys() {
            return this == REQUESTS_WITH_KEY || this == API_WITH_KEY;
        }
    }

    private final String name;
    private final Manner manner;
    private final PublishWay way;
    private final List<String> channels;
    private final Duration pause;
    private final Recorder recorder;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private Publisher(
            String name,
            Manner manner,
            PublishWay way,
            List<String> channels,
            Duration pause,
            Recorder recorder) {
        this.name = name;
        this.manner = manner;
        this.way = way;
        this.channels = List.copyOf(channels);
        this.pause = pause;
        this.recorder = recorder;
        thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    /**
     * @param pause between two publications
     */
    public static Publisher start(
            String name,
            Manner manner,
            Site site,
            Backend backend,
            List<String> channels,
            Duration pause) {
        var way =
                switch (manner) {
                    case REQUESTS, REQUESTS_WITH_KEY ->
                            PublishWay.byRequests(site, backend::publish);
                    case API, API_WITH_KEY -> PublishWay.byRequests(site, backend::publishByApi);
                    case PLAIN_COMMANDS -> SocketPublishing.plain(site, name);
                    case COMPATIBLE_COMMANDS -> SocketPublishing.compatible(site, name);
                };
        var publisher = new Publisher(name, manner, way, channels, pause, site.recorder());
        publisher.thread.start();
        return publisher;
    }

    /** Returns when what has begun is brought to its end. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        for (long number = 1; closed.getCount() > 0; number++) {
            var message = name + "-" + number;
            var channel = channels.get(ThreadLocalRandom.current().nextInt(channels.size()));
            deliver(new Letter(channel, message, manner.hasKeys() ? message : null));
            pause();
        }
        way.close();
    }

    private void deliver(Letter letter) {
        for (int attempt = 0; attempt < MOST_ATTEMPTS && closed.getCount() > 0; attempt++) {
            if (!isUnknown(letter) || letter.key() == null) {
                return;
            }
            pause();
        }
    }

    private boolean isUnknown(Letter letter) {
        Address node;
        try {
            node = way.ready();
        } catch (IOException unreachable) {
            return true;
        }
        long attempt = ATTEMPTS.incrementAndGet();
        recorder.record(
                new Publish.Sent(
                        attempt,
                        name,
                        node.node(),
                        letter.channel(),
                        letter.message(),
                        letter.key()));
        return switch (way.publish(node, letter)) {
            case Outcome.Acknowledged(var position) -> {
                recorder.record(new Publish.Acknowledged(attempt, position));
                yield false;
            }
            case Outcome.Refused(var why) -> {
                recorder.record(new Publish.Refused(attempt, why));
                yield false;
            }
            case Outcome.Unknown(var why) -> {
                recorder.record(new Publish.Unknown(attempt, why));
                yield true;
            }
        };
    }

    private void pause() {
        try {
            var _ = closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException nobodyDoesThis) {
            Thread.currentThread().interrupt();
        }
    }
}
