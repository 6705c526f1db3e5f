package dev.fanfare.core.protocol;

import java.util.List;

/**
 * One wire format on one kind of transport, down to the bytes on the socket. Its identity is the
 * hub's key for encoding once: subscribers that share an encoder share the frames, however many
 * they are.
 */
public interface FrameEncoder {
    /**
     * All outputs, in order, as one piece to send. The caller closes the frame when it has given it
     * to every taker.
     *
     * @throws Unsayable where the protocol has no form for one of them
     */
    Frame encode(List<? extends Output> outputs);

    /**
     * Whether many connections use it: then it is stateless and thread-safe. One of a single
     * connection lives on that connection's event loop, and its frames are nobody else's.
     */
    default boolean isShared() {
        return true;
    }
}
