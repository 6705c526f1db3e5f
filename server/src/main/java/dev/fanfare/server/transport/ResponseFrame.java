package dev.fanfare.server.transport;

import dev.fanfare.core.protocol.Frame;
import java.io.ByteArrayOutputStream;

/** Bytes as they go into a response without an end. */
record ResponseFrame(ByteArrayOutputStream content) implements Frame {
    byte[] bytes() {
        return content.toByteArray();
    }

    @Override
    public int size() {
        return content.size();
    }

    @Override
    public void close() {}
}
