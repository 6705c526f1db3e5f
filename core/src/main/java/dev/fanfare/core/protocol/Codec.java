package dev.fanfare.core.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The words of one wire protocol: bytes to requests, outputs to bytes. Stateless and shared by all
 * connections and threads. It translates; it never authorises, subscribes or delivers.
 */
public interface Codec {
    /**
     * Reads one message of a client.
     *
     * @param binary whether the transport marked it as binary
     * @throws ProtocolException where the protocol wants the connection closed over it
     */
    List<Request> decode(byte[] message, boolean binary) throws ProtocolException;

    /** One or more messages that say this, in order; none where the protocol has no word for it. */
    List<byte[]> encode(Output output);

    /**
     * What stands between messages that go out together; null: each goes alone. A receiver takes
     * them as if they had come one by one.
     */
    default byte @Nullable [] separator() {
        return null;
    }

    /** Whether encoded messages are binary. */
    boolean isBinary();
}
