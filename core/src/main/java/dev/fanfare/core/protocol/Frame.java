package dev.fanfare.core.protocol;

/**
 * Bytes ready for sockets, header included. Made once, given to many connections, then closed by
 * whoever made it.
 */
public interface Frame extends AutoCloseable {
    /** In bytes. */
    int size();

    @Override
    void close();
}
