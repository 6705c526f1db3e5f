package dev.fanfare.apps.accounts;

import java.util.Locale;
import java.util.Map;

/** What an account may do beyond what all may. */
public enum Role {
    USER,
    ADMIN;

    /** As the database and tokens have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Role of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** What a token says of it: of users nothing. */
    Map<String, String> claims() {
        return switch (this) {
            case USER -> Map.of();
            case ADMIN -> Map.of("role", word());
        };
    }
}
