package dev.fanfare.apps.profile;

import dev.fanfare.apps.hub.HubEvents;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * On how many days in a row a user has claimed; days are those of UTC.
 *
 * @param lastClaimed null: never
 */
record Streak(int days, @Nullable LocalDate lastClaimed) {
    private static final int WEEK = 7;
    private static final long REWARD = 100;
    private static final long WEEKLY_REWARD = 1_000;

    static LocalDate day(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    boolean isClaimed(LocalDate today) {
        return lastClaimed != null && !lastClaimed.isBefore(today);
    }

    /** How it stands on a day: nothing is left of it after a day without a claim. */
    int daysOn(LocalDate today) {
        return lastClaimed == null || lastClaimed.isBefore(today.minusDays(1)) ? 0 : days;
    }

    /** After a claim on a day that is not claimed yet. */
    Streak claimed(LocalDate today) {
        return new Streak(daysOn(today) + 1, today);
    }

    /** What the claim of its last day is worth, in cents: more on each seventh day. */
    long reward() {
        return days % WEEK == 0 ? WEEKLY_REWARD : REWARD;
    }

    /** From when on the next claim is possible. */
    Instant nextClaim(LocalDate today) {
        var day = isClaimed(today) && lastClaimed != null ? lastClaimed.plusDays(1) : today;
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    Map<String, @Nullable Object> members(LocalDate today) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        members.put("days", daysOn(today));
        members.put("claimed_today", isClaimed(today));
        members.put("last_claimed_on", lastClaimed == null ? null : lastClaimed.toString());
        members.put("next_claim_at", HubEvents.timestamp(nextClaim(today)));
        members.put("next_reward_cents", new Streak(daysOn(today) + 1, today).reward());
        return members;
    }
}
