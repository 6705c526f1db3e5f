package dev.fanfare.core.protocol;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words in which a wire protocol's server speaks. Stateless and shared, as a {@link Codec}. */
public interface Encoder {
    /** One or more messages that say this, in order; none where the protocol has no word for it. */
    List<byte[]> encode(Output output);

    /** The same for several, in order; in fewer messages where the protocol has words for that. */
    default List<byte[]> encode(List<? extends Output> outputs) {
        var messages = new ArrayList<byte[]>(outputs.size());
        outputs.forEach(output -> messages.addAll(encode(output)));
        return messages;
    }

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
