package dev.fanfare.core.protocol;

import java.util.List;

/**
 * The words of one wire protocol: bytes to requests, outputs to bytes. Stateless and shared by all
 * connections and threads. It translates; it never authorises, subscribes or delivers.
 */
public interface Codec extends Encoder {
    /**
     * Reads one message of a client.
     *
     * @param binary whether the transport marked it as binary
     * @throws ProtocolException where the protocol wants the connection closed over it
     */
    List<Request> decode(byte[] message, boolean binary) throws ProtocolException;
}
