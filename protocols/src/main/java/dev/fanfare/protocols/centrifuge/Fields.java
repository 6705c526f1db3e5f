package dev.fanfare.protocols.centrifuge;

import dev.fanfare.protocols.centrifuge.Incoming.Known;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The known fields of one kind of message, by name and by number. */
final class Fields<F extends Known> {
    private final Map<String, F> byName = new HashMap<>();
    private final Map<Integer, F> byNumber = new HashMap<>();

    Fields(F[] all) {
        for (var field : all) {
            byName.put(field.name().toLowerCase(Locale.ROOT), field);
            byNumber.put(field.number(), field);
        }
    }

    @Nullable F named(String name) {
        return byName.get(name);
    }

    @Nullable F numbered(int number) {
        return byNumber.get(number);
    }
}
