package dev.fanfare.core.hub;

import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.Push;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Publications of one channel for one audience, without a gap between them, on their way to a
 * shard's subscribers, and the frames they were encoded into, one for each shared encoder: who
 * stands right before it takes it in one piece. Lives on the shard's event loop, for the time of
 * one delivery.
 */
public final class Run implements AutoCloseable {
    private final List<Push.Published> pushes;
    private final EncodedOnce encoded;

    /** By what the subscriber was sent before; null until somebody asks. */
    private @Nullable IdentityHashMap<@Nullable Publication, EncodedOnce> deltas;

    Run(List<Publication> publications) {
        var all = new ArrayList<Push.Published>(publications.size());
        for (var publication : publications) {
            all.add(new Push.Published(publication));
        }
        pushes = all;
        encoded = new EncodedOnce(all);
    }

    public List<Push.Published> pushes() {
        return pushes;
    }

    public int size() {
        return pushes.size();
    }

    public Audience audience() {
        return pushes.getFirst().publication().message().audience();
    }

    public StreamPosition first() {
        return pushes.getFirst().publication().position();
    }

    public StreamPosition last() {
        return newest().position();
    }

    /** All of it, to be encoded once for each encoder. */
    public EncodedOnce encoded() {
        return encoded;
    }

    /**
     * All of it for subscribers that can do with what has changed, to be encoded once for each
     * encoder and base.
     *
     * @param base what they were sent last, the very same object; null: nothing yet
     */
    public EncodedOnce deltas(@Nullable Publication base) {
        if (deltas == null) {
            deltas = new IdentityHashMap<>(2);
        }
        return deltas.computeIfAbsent(base, this::chain);
    }

    private EncodedOnce chain(@Nullable Publication base) {
        var chain = new ArrayList<Push.Delta>(pushes.size());
        var last = base;
        for (var push : pushes) {
            chain.add(Push.Delta.after(last, push.publication()));
            last = push.publication();
        }
        return new EncodedOnce(chain);
    }

    public Publication newest() {
        return pushes.getLast().publication();
    }

    @Override
    public void close() {
        encoded.close();
        if (deltas != null) {
            deltas.values().forEach(EncodedOnce::close);
        }
    }

    /** Whether a run may hold both, one after the other. */
    static boolean isOne(Publication previous, Publication next) {
        return previous.channel().equals(next.channel())
                && previous.message().audience().equals(next.message().audience())
                && follows(previous.position(), next.position());
    }

    private static boolean follows(StreamPosition previous, StreamPosition next) {
        return previous.isKnown() ? previous.precedes(next) : !next.isKnown();
    }
}
