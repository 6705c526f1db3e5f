package dev.fanfare.core.hub;

import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.Frame;
import dev.fanfare.core.protocol.FrameEncoder;
import dev.fanfare.core.protocol.Push;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pushes for many, and the frames they were encoded into, one for each shared encoder. Lives on the
 * shard's event loop, for the time of one delivery.
 */
public final class EncodedOnce implements AutoCloseable {
    private final List<? extends Push> pushes;
    private final List<FrameEncoder> encoders = new ArrayList<>(2);
    private final List<Frame> frames = new ArrayList<>(2);

    /** By where subscribers stand; null until one asks. */
    private @Nullable Map<StreamPosition, EncodedOnce> placed;

    EncodedOnce(List<? extends Push> pushes) {
        this.pushes = pushes;
    }

    public List<? extends Push> pushes() {
        return pushes;
    }

    /**
     * The same for those who have heard the channel up to there: what is told of members says so.
     */
    public EncodedOnce at(StreamPosition position) {
        if (placed == null) {
            placed = new HashMap<>(2);
        }
        return placed.computeIfAbsent(position, this::placed);
    }

    private EncodedOnce placed(StreamPosition position) {
        return new EncodedOnce(
                pushes.stream()
                        .map(push -> push instanceof Push.Member it ? it.at(position) : push)
                        .toList());
    }

    /** All of it as one frame, encoded when first asked for. It stays ours to close. */
    @SuppressWarnings("ReferenceEquality") // an encoder's identity is the key
    public Frame frame(FrameEncoder encoder) {
        for (int index = 0; index < encoders.size(); index++) {
            if (encoders.get(index) == encoder) {
                return frames.get(index);
            }
        }
        var frame = encoder.encode(pushes);
        encoders.add(encoder);
        frames.add(frame);
        return frame;
    }

    @Override
    public void close() {
        frames.forEach(Frame::close);
        frames.clear();
        encoders.clear();
        if (placed != null) {
            placed.values().forEach(EncodedOnce::close);
        }
    }
}
