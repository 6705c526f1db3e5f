package dev.fanfare.ably.rest;

import dev.fanfare.ably.rest.RestAnswer.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is not written yet.
 *
 * @param tree as {@link dev.fanfare.protocols.ably.Format#writeTree} takes it
 */
record Reply(int status, @Nullable Object tree, List<Header> headers) {
    Reply {
        headers = List.copyOf(headers);
    }

    Reply(int status, @Nullable Object tree) {
        this(status, tree, List.of());
    }

    static Reply ok(Object tree) {
        return new Reply(200, tree);
    }

    static Reply created(Object tree) {
        return new Reply(201, tree);
    }

    /** Done, and there is nothing to say about it. */
    static Reply done() {
        return new Reply(204, null);
    }
}
