package dev.fanfare.core.session;

/**
 * Whether one client is still there: when it was asked, and whether it has given a sign of life
 * since. Times are in milliseconds. Lives on the client's event loop.
 */
final class Liveness {
    /** What is to be done now. */
    enum Verdict {
        FINE,
        PING,
        DEAD
    }

    private static final long NEVER = Long.MAX_VALUE;

    private final SessionRules rules;

    /** When the oldest ping was sent that no sign of life has followed; NEVER: none waits. */
    private long pingedAt = NEVER;

    private long nextPing = NEVER;

    Liveness(SessionRules rules) {
        this.rules = rules;
    }

    void begin(long firstPing) {
        nextPing = firstPing;
    }

    /** Something came, whatever it was. */
    void heard() {
        if (!rules.customs().pongs()) {
            pingedAt = NEVER;
        }
    }

    /** An answer to a ping came, in the protocol's words; false: nobody had asked. */
    boolean answered() {
        boolean asked = pingedAt != NEVER;
        pingedAt = NEVER;
        return asked;
    }

    Verdict at(long now) {
        var answerWithin = rules.heartbeat().answerWithin();
        if (answerWithin != null && pingedAt != NEVER && now - pingedAt > answerWithin.toMillis()) {
            return Verdict.DEAD;
        }
        if (now < nextPing) {
            return Verdict.FINE;
        }
        pingedAt = Math.min(pingedAt, now);
        nextPing = now + rules.heartbeat().interval().toMillis();
        return Verdict.PING;
    }
}
