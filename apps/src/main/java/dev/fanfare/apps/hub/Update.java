package dev.fanfare.apps.hub;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an action has changed for its user.
 *
 * @param data how it is now: values of the JDK
 */
public record Update(Kind kind, Map<String, ? extends @Nullable Object> data) {
    /** What can change. */
    public enum Kind {
        PURCHASE("purchase_update"),
        PROFILE("profile_update"),
        STREAK("streak_update"),
        REWARD("reward_granted"),
        STATS("stats_update");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }
}
