package dev.fanfare.brokers.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it hears. */
final class RecordingEar implements Servers.Ear {
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<String> interrupted = new CopyOnWriteArrayList<>();

    @Override
    public void onMessage(String topic, byte[] message) {
        heard.add(topic + " " + new String(message, UTF_8));
    }

    @Override
    public void onInterruption(Collection<String> topics) {
        interrupted.addAll(topics);
    }

    List<String> heard() {
        return heard;
    }

    List<String> interrupted() {
        return interrupted;
    }
}
