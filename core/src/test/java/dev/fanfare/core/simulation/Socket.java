package dev.fanfare.core.simulation;

import static dev.fanfare.core.simulation.Violation.unless;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.protocol.Frame;
import dev.fanfare.core.protocol.Output;
import dev.fanfare.core.session.Connection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The server's end of a connection and the wire. Whoever does not read leaves everything in the
 * server's buffer.
 */
final class Socket implements Connection {
    private final World world;
    private final Scheduler.Lane client;
    private final Consumer<Output> reader;
    private final Consumer<Output> onSend;
    private final Consumer<Disconnect> onClose;
    private final List<Output> queued = new ArrayList<>();
    private final ArrayDeque<Output> wire = new ArrayDeque<>();
    private long pendingBytes;
    private boolean reading = true;
    private @Nullable Disconnect closed;

    /**
     * @param onSend hears every output when the server says it
     * @param reader hears what reaches the client
     */
    Socket(
            World world,
            Consumer<Output> onSend,
            Consumer<Output> reader,
            Consumer<Disconnect> onClose) {
        this.world = world;
        this.onSend = onSend;
        this.reader = reader;
        this.onClose = onClose;
        client = world.scheduler.lane();
    }

    @Override
    public void send(Frame frame) {
        unless(closed == null, "something is sent to a closed connection");
        var outputs = ((Paper) frame).outputs();
        outputs.forEach(onSend);
        outputs.forEach(this::queue);
        pendingBytes += frame.size();
    }

    private void queue(Output output) {
        queued.add(output);
        if (world.fault == Fault.OUTPUTS_ARE_SWAPPED && queued.size() > 1 && world.happens(4)) {
            Collections.swap(queued, queued.size() - 2, queued.size() - 1);
        }
        if (output instanceof Output.Answer && world.happens(10)) {
            if (world.fault == Fault.ANSWERS_ARE_LOST) {
                queued.removeLast();
            } else if (world.fault == Fault.ANSWERS_COME_TWICE) {
                queued.add(output);
            }
        }
    }

    @Override
    public void flush() {
        boolean forgotten = world.fault == Fault.FLUSHES_ARE_FORGOTTEN && world.happens(10);
        if (reading && closed == null && !forgotten) {
            transmit();
        }
    }

    @Override
    public long pendingBytes() {
        return pendingBytes;
    }

    @Override
    public void close(Disconnect why) {
        if (closed == null) {
            onClose.accept(why);
            if (reading) {
                transmit();
            }
            closed = why;
        }
    }

    /** The client is gone, and some of what was on its way has not reached it. */
    void cut() {
        if (closed == null) {
            closed = Disconnect.CLOSED;
        }
        if (world.happens(2)) {
            wire.clear();
        }
    }

    /** The client stops reading or reads on. */
    void setReading(boolean reading) {
        this.reading = reading;
        if (reading && closed == null && pendingBytes > 0) {
            transmit();
        }
    }

    boolean isReading() {
        return reading;
    }

    private void transmit() {
        wire.addAll(queued);
        queued.clear();
        pendingBytes = 0;
        client.execute(this::read);
    }

    private void read() {
        while (!wire.isEmpty()) {
            reader.accept(wire.remove());
        }
    }
}
