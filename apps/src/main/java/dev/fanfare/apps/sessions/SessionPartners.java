package dev.fanfare.apps.sessions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.apps.event.Events;
import dev.fanfare.apps.web.Refused;
import dev.fanfare.client.Event;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the partners of a session what has happened: all of them on its channel, or one of them by
 * the way that reaches them now. Within the caller's transaction; what is told leaves when that is
 * committed, and a failure on the way is no failure of the transaction.
 */
public final class SessionPartners {
    private static final Logger LOG = LoggerFactory.getLogger(SessionPartners.class);

    private final Events events;
    private final Presence presence;
    private final Pushes pushes;
    private final PushTexts texts;
    private final Duration nudgeInterval;
    private final InstantSource clock;

    public SessionPartners(
            Events events,
            Presence presence,
            Pushes pushes,
            PushTexts texts,
            Duration nudgeInterval,
            InstantSource clock) {
        this.events = events;
        this.presence = presence;
        this.pushes = pushes;
        this.texts = texts;
        this.nudgeInterval = nudgeInterval;
        this.clock = clock;
    }

    /**
     * To everybody on the session's channel.
     *
     * @param excludeUserId who does not get it, by no protocol and at no time; null: everybody does
     */
    public void publishSessionEvent(
            Handle transaction,
            String sessionId,
            SessionEvent event,
            ObjectNode data,
            @Nullable String excludeUserId) {
        var told = Event.named(Session.channel(sessionId), event.word(), data.toString());
        events.emit(transaction, excludeUserId == null ? told : told.except(excludeUserId));
    }

    /**
     * Whether a partner is there at this moment. Waits a bounded time: for a moment without a
     * transaction.
     */
    public Presence.State presenceOf(String sessionId, String partnerId) {
        return presence.of(Session.presenceChannel(sessionId), partnerId);
    }

    /**
     * Over the session's channel where the partner is present at this moment, to their devices
     * otherwise. Where nobody can say who is present, too: better told twice than not at all.
     *
     * @param there what {@link #presenceOf} has just said
     */
    public Delivery notifyPartner(
            Handle transaction,
            String sessionId,
            String partnerId,
            SessionEvent event,
            ObjectNode data,
            Presence.State there) {
        var news = new News(sessionId, event.word(), data);
        return switch (there) {
            case PRESENT -> {
                publishSessionEvent(transaction, sessionId, event, data, null);
                yield Delivery.REALTIME;
            }
            case ABSENT -> pushed(transaction, partnerId, texts.of(event), news, Delivery.PUSH);
            case UNKNOWN ->
                    pushed(
                            transaction,
                            partnerId,
                            texts.of(event),
                            news,
                            Delivery.PUSH_WITHOUT_ASKING);
        };
    }

    private Delivery pushed(
            Handle transaction, String partnerId, PushText text, News news, Delivery way) {
        if (pushes.add(transaction, partnerId, text, news)) {
            return way;
        }
        LOG.info("session {}: {} skipped, no device", news.sessionId(), news.event());
        return Delivery.NO_DEVICE;
    }

    /**
     * A notification of its own kind, now and then: one that goes nowhere does not count.
     *
     * @throws Refused where the last one was too short a time ago
     */
    public Delivery nudge(Handle transaction, String sessionId, String partnerId, ObjectNode data) {
        var news = new News(sessionId, "nudge", data);
        var delivery = pushed(transaction, partnerId, texts.nudge(), news, Delivery.PUSH);
        if (delivery.equals(Delivery.PUSH)) {
            note(transaction, sessionId, partnerId);
        }
        return delivery;
    }

    private void note(Handle transaction, String sessionId, String partnerId) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var early = Sessions.nudge(transaction, sessionId, partnerId, now, nudgeInterval);
        if (early.isPresent()) {
            throw Refused.tooMany(
                    "nudge",
                    "one in " + nudgeInterval.toSeconds() + " s for each partner",
                    early.get());
        }
    }
}
