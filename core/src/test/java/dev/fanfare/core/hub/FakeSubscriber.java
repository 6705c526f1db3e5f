package dev.fanfare.core.hub;

import dev.fanfare.core.model.Payload;
import dev.fanfare.core.protocol.FrameEncoder;
import dev.fanfare.core.protocol.Push;
import java.util.ArrayList;
import java.util.List;

/** Takes every run as one frame, and remembers it. */
class FakeSubscriber extends Subscriber {
    private final FrameEncoder encoder;
    private final List<List<String>> runs = new ArrayList<>();

    FakeSubscriber(FrameEncoder encoder) {
        this.encoder = encoder;
    }

    /** The payloads of each run. */
    List<List<String>> runs() {
        return runs;
    }

    @Override
    protected int deliver(Run run) {
        run.encoded().frame(encoder);
        runs.add(
                run.pushes().stream()
                        .map(push -> push.publication().message().payload())
                        .map(Payload::toString)
                        .toList());
        return run.size();
    }

    @Override
    protected void hear(EncodedOnce announcement) {
        runs.add(announcement.pushes().stream().map(Push::toString).toList());
    }

    @Override
    protected void interrupted() {
        runs.add(List.of("interrupted"));
    }
}
