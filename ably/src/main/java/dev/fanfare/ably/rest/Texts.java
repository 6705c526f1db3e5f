package dev.fanfare.ably.rest;

import dev.fanfare.ably.access.Denied;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists of texts out of bodies. */
final class Texts {
    private Texts() {}

    /** One text, or an array of them. */
    static List<String> of(String member, @Nullable Object tree) throws Denied {
        var texts = new ArrayList<String>();
        for (var each :
                tree instanceof List<?> several ? several : Collections.singletonList(tree)) {
            if (!(each instanceof String text)) {
                throw Errors.bad(member, "something else", "a text, or an array of texts");
            }
            texts.add(text);
        }
        return texts;
    }
}
