package dev.fanfare.apps.sessions;

import java.util.Map;

/**
 * What devices show of events.
 *
 * @param fallback for events that have no text of their own
 */
public record PushTexts(Map<SessionEvent, PushText> events, PushText nudge, PushText fallback) {
    public PushTexts {
        events = Map.copyOf(events);
    }

    PushText of(SessionEvent event) {
        return events.getOrDefault(event, fallback);
    }

    /** What is shown where nothing else is configured. */
    public static PushText shipped(SessionEvent event) {
        return switch (event) {
            case PARTNER_SIGNED_COMPACT ->
                    new PushText(
                            "Partner is ready", "They signed the Curiosity Compact. Your turn!");
            case PARTNER_STAGE_COMPLETED ->
                    new PushText(
                            "Partner finished a stage",
                            "They completed their work. Check in when ready.");
            case PARTNER_ADVANCED ->
                    new PushText(
                            "Partner moved on", "They are at the next stage. Join them there.");
            case PARTNER_EMPATHY_SHARED ->
                    new PushText(
                            "Partner shared their empathy", "Read how they understand you now.");
            case PARTNER_NEEDS_SHARED ->
                    new PushText("Partner shared their needs", "See what matters to them.");
            case PARTNER_RANKING_SUBMITTED ->
                    new PushText(
                            "Partner submitted their ranking", "Add yours to see what you share.");
            case AGREEMENT_PROPOSED ->
                    new PushText("An agreement is proposed", "Read it, and say what you think.");
            case AGREEMENT_CONFIRMED ->
                    new PushText("Agreement confirmed", "You have both agreed. Well done!");
            case SESSION_PAUSED ->
                    new PushText("Session paused", "Your partner needs a break. Take your time.");
            case SESSION_RESUMED ->
                    new PushText("Session resumed", "Your partner is back. Go on when you like.");
            case SESSION_RESOLVED ->
                    new PushText("Session resolved", "You have come to the end, together.");
        };
    }

    public static final PushText SHIPPED_NUDGE =
            new PushText("A nudge from your partner", "They are waiting to hear from you.");

    public static final PushText SHIPPED_FALLBACK = new PushText("BeHeard", "You have an update");
}
