package dev.fanfare.protocols.centrifuge;

import dev.fanfare.core.model.Payload;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one message, field by field, in one of the encodings. What is empty, zero or false is left
 * out where the protocol says so. For one thread.
 */
interface MessageWriter {
    void text(Field field, String value);

    void number(Field field, long value);

    void flag(Field field, boolean value);

    /**
     * @throws dev.fanfare.core.protocol.Unsayable where the encoding has no form for it
     */
    void payload(Field field, Payload value);

    /** Words about a client, which are left out where the encoding has no form for them. */
    void info(Field field, Payload value);

    /**
     * Writes the payload for somebody who can do with what has changed: that, where it is shorter.
     *
     * @param base what it had before; null: nothing
     * @return whether it is what has changed, not the whole
     */
    boolean change(Field field, Payload value, @Nullable Payload base);

    /** Writes a message inside this one, even an empty one. */
    void message(Field field, Runnable body);

    /** A list of messages, each written by {@link #item}; or a map, by {@link #entry}. */
    void list(Field field, Runnable items);

    void item(Field list, Runnable body);

    void map(Field field, Runnable entries);

    void entry(Field map, String key, Runnable body);

    /** A map of texts; nothing when it is empty. */
    void texts(Field field, Map<String, String> texts);

    /** The message, ready to stand beside others. */
    byte[] toBytes();
}
