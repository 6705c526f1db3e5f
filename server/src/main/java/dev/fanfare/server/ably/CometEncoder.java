package dev.fanfare.server.ably;

import dev.fanfare.core.protocol.Encoder;
import dev.fanfare.core.protocol.Frame;
import dev.fanfare.core.protocol.FrameEncoder;
import dev.fanfare.core.protocol.Output;
import java.util.List;

/** Protocol messages as they are, for responses to take as many together as there are. */
record CometEncoder(Encoder words) implements FrameEncoder {
    /** Protocol messages on their way, one after the other. */
    record Words(List<byte[]> messages) implements Frame {
        @Override
        public int size() {
            return messages.stream().mapToInt(message -> message.length).sum();
        }

        @Override
        public void close() {}
    }

    @Override
    public Frame encode(List<? extends Output> outputs) {
        return new Words(words.encode(outputs));
    }
}
