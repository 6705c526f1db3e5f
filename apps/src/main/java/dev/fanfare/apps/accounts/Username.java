package dev.fanfare.apps.accounts;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A name that an account may have. Names that differ in capital letters alone are the same. */
public record Username(String text) {
    public static final int LONGEST = 32;
    public static final String RULE =
            "3 to 32 of A-Z a-z 0-9 _ . -, of which the first is a letter or a digit";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{2,31}");

    public Username {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("username: " + text + " (expected: " + RULE + ")");
        }
    }

    /** Empty where no account may be called so. */
    public static Optional<Username> of(String text) {
        return NAME.matcher(text).matches() ? Optional.of(new Username(text)) : Optional.empty();
    }

    /** The same for all ways to write it. */
    String key() {
        return key(text);
    }

    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
