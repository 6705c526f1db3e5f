package dev.fanfare.apps.sessions;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What partners of a session can be told. */
public enum SessionEvent {
    PARTNER_SIGNED_COMPACT,
    PARTNER_STAGE_COMPLETED,
    PARTNER_ADVANCED,
    PARTNER_EMPATHY_SHARED,
    PARTNER_NEEDS_SHARED,
    PARTNER_RANKING_SUBMITTED,
    AGREEMENT_PROPOSED,
    AGREEMENT_CONFIRMED,
    SESSION_PAUSED,
    SESSION_RESUMED,
    SESSION_RESOLVED;

    public static final List<String> WORDS = Stream.of(values()).map(SessionEvent::word).toList();

    /** {@code partner.signed_compact}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replaceFirst("_", ".");
    }

    /**
     * @param word one of {@link #WORDS}
     */
    static SessionEvent of(String word) {
        return values()[WORDS.indexOf(word)];
    }
}
