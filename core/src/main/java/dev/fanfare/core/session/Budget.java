package dev.fanfare.core.session;

import dev.fanfare.core.session.SessionRules.MessageBudget;

/** A token bucket: what one client may still send. Lives on the client's event loop. */
final class Budget {
    private final MessageBudget rule;
    private double left;
    private long filledAt;

    Budget(MessageBudget rule, long now) {
        this.rule = rule;
        left = rule.burst();
        filledAt = now;
    }

    /**
     * @param now in milliseconds
     */
    boolean spend(long now) {
        long passed = Math.max(0, now - filledAt); // clocks are set back now and then
        left = Math.min(rule.burst(), left + passed * rule.perSecond() / 1000);
        filledAt = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
