package dev.fanfare.core.fake;

import dev.fanfare.core.protocol.Frame;
import dev.fanfare.core.protocol.FrameEncoder;
import dev.fanfare.core.protocol.Output;
import java.util.List;

/** Encodes into frames that remember what they say, and counts them. */
public final class CountingEncoder implements FrameEncoder {
    public static final int OUTPUT_SIZE = 100;

    /** What was encoded. */
    public final class Said implements Frame {
        private final List<Output> outputs;

        private Said(List<? extends Output> outputs) {
            this.outputs = List.copyOf(outputs);
        }

        public List<Output> outputs() {
            return outputs;
        }

        @Override
        public int size() {
            return outputs.size() * OUTPUT_SIZE;
        }

        @Override
        public void close() {
            open--;
        }
    }

    private final boolean shared;
    private int encoded;
    private int open;

    public CountingEncoder(boolean shared) {
        this.shared = shared;
    }

    @Override
    public Frame encode(List<? extends Output> outputs) {
        encoded++;
        open++;
        return new Said(outputs);
    }

    @Override
    public boolean isShared() {
        return shared;
    }

    /** Frames made. */
    public int encoded() {
        return encoded;
    }

    /** Frames not closed yet. */
    public int open() {
        return open;
    }
}
