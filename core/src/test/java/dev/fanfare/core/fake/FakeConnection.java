package dev.fanfare.core.fake;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.protocol.Frame;
import dev.fanfare.core.protocol.Output;
import dev.fanfare.core.session.Connection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A way out whose other end is a list. */
public final class FakeConnection implements Connection {
    private final List<Output> queued = new ArrayList<>();
    private final List<Output> received = new ArrayList<>();
    private long pendingBytes;
    private int flushes;
    private boolean stalled;
    private @Nullable Disconnect closed;

    /** The client stops reading. */
    public void stall() {
        stalled = true;
    }

    /** The client reads again, all that waits first. */
    public void goOn() {
        stalled = false;
        flush();
    }

    @Override
    public void send(Frame frame) {
        if (closed != null) {
            throw new IllegalStateException("closed: " + closed + " (expected: nothing more)");
        }
        queued.addAll(((CountingEncoder.Said) frame).outputs());
        pendingBytes += frame.size();
    }

    @Override
    public void flush() {
        flushes++;
        if (!stalled) {
            received.addAll(queued);
            queued.clear();
            pendingBytes = 0;
        }
    }

    @Override
    public long pendingBytes() {
        return pendingBytes;
    }

    @Override
    public void close(Disconnect why) {
        if (closed == null) {
            flush();
            closed = why;
        }
    }

    public @Nullable Disconnect closed() {
        return closed;
    }

    public int flushes() {
        return flushes;
    }

    /** All that has come since this was last asked. */
    public List<Output> take() {
        var all = List.copyOf(received);
        received.clear();
        return all;
    }
}
