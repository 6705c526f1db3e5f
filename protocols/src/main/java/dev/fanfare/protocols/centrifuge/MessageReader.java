package dev.fanfare.protocols.centrifuge;

import dev.fanfare.protocols.centrifuge.Incoming.Known;
import dev.fanfare.protocols.json.TypedPayload;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one message, field by field, in one of the encodings. Whatever does not fit is an {@link
 * IOException}. For one thread.
 */
interface MessageReader {
    /** Reads the fields of a message inside another. */
    @FunctionalInterface
    interface Body<T> {
        T read(MessageReader reader) throws IOException;
    }

    /** Reads one message of a list. */
    @FunctionalInterface
    interface Item {
        void read(MessageReader reader) throws IOException;
    }

    /** Reads one entry of a map. */
    @FunctionalInterface
    interface Entry {
        void read(String key, MessageReader reader) throws IOException;
    }

    /**
     * Goes to the value of the next field that is known; others are passed over. Null at the
     * message's end.
     */
    <F extends Known> @Nullable F next(Fields<F> fields) throws IOException;

    String text() throws IOException;

    long number() throws IOException;

    boolean flag() throws IOException;

    TypedPayload payload() throws IOException;

    /** Bytes, which JSON has as a string. */
    byte[] octets() throws IOException;

    <T> T message(Body<T> body) throws IOException;

    /** Messages of a list: all that stand here. */
    void messages(Item item) throws IOException;

    /** Texts of a list: all that stand here. */
    void texts(Consumer<String> text) throws IOException;

    /** Entries of a map from texts to messages. */
    void entries(Entry entry) throws IOException;
}
