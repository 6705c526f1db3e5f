package dev.fanfare.core.simulation;

import dev.fanfare.core.protocol.Frame;
import dev.fanfare.core.protocol.FrameEncoder;
import dev.fanfare.core.protocol.Output;
import java.util.List;

/** A frame that is just what it says. */
final class Paper implements Frame {
    /** Counts frames that have not been closed. */
    static final class Encoder implements FrameEncoder {
        private final boolean shared;
        private int open;

        Encoder(boolean shared) {
            this.shared = shared;
        }

        @Override
        public Frame encode(List<? extends Output> outputs) {
            open++;
            return new Paper(this, List.copyOf(outputs));
        }

        @Override
        public boolean isShared() {
            return shared;
        }

        int open() {
            return open;
        }
    }

    private static final int SIZE = 100;

    private final Encoder encoder;
    private final List<Output> outputs;
    private boolean closed;

    private Paper(Encoder encoder, List<Output> outputs) {
        this.encoder = encoder;
        this.outputs = outputs;
    }

    List<Output> outputs() {
        Violation.unless(!closed, "a closed frame is sent");
        return outputs;
    }

    @Override
    public int size() {
        return SIZE * outputs.size();
    }

    @Override
    public void close() {
        Violation.unless(!closed, "a frame is closed twice");
        closed = true;
        encoder.open--;
    }
}
