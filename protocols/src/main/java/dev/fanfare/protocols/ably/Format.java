package dev.fanfare.protocols.ably;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the two forms in which everything is said. Stateless and shared by all connections and
 * threads.
 */
public interface Format {
    /** As Content-Type, and as Accept: {@code application/json}. */
    String mediaType();

    boolean isBinary();

    /**
     * One protocol message; on the comet transport, where they come in arrays, all of them.
     *
     * @throws Unreadable where it is none
     */
    List<Incoming> read(byte[] bytes) throws Unreadable;

    byte[] write(Outgoing outgoing);

    /** Documents of this format as one array, for the comet transport. */
    byte[] writeList(List<byte[]> documents);

    /**
     * What is published through REST: one message or an array of them.
     *
     * @throws Unreadable where there is neither
     */
    List<WireMessage> readMessages(byte[] bytes) throws Unreadable;

    /**
     * A document of REST as JDK values: Map in the order of its members, List, String, Long where a
     * whole number fits, Double, Boolean, byte[], null.
     *
     * @throws Unreadable where it is none
     */
    @Nullable Object readTree(byte[] bytes) throws Unreadable;

    /**
     * From the same values and Integer, and {@link WireMessage}, {@link WirePresence} and {@link
     * ErrorInfo} among them.
     */
    byte[] writeTree(@Nullable Object tree);
}
