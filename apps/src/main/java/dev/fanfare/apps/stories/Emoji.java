package dev.fanfare.apps.stories;

import java.util.regex.Pattern;

/**
 * What is one emoji: a flag, a keycap, or emoji joined to one, by the regular expression of
 * Unicode's UTS #51 (1.4.9). A digit alone is none, though Unicode lists it.
 */
final class Emoji {
    /** In UTF-16; the longest that are recommended for general interchange have 15. */
    static final int LONGEST = 32;

    private static final String FLAG = "[\\x{1F1E6}-\\x{1F1FF}]{2}";
    private static final String DRAWN =
            "[\\p{IsEmoji}&&[^0-9#*\\x{1F1E6}-\\x{1F1FF}]]"
                    + "(?:\\p{IsEmoji_Modifier}|\\x{FE0F}|[\\x{E0020}-\\x{E007E}]+\\x{E007F})?";
    private static final String KEYCAP = "[0-9#*]\\x{FE0F}?\\x{20E3}";
    private static final Pattern ONE =
            Pattern.compile(
                    KEYCAP
                            + "|(?:(?:%1$s|%2$s)(?:\\x{200D}(?:%1$s|%2$s))*)"
                                    .formatted(FLAG, DRAWN));

    private Emoji() {}

    static boolean isOne(String text) {
        return text.length() <= LONGEST && ONE.matcher(text).matches();
    }
}
