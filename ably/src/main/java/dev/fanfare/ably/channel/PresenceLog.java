package dev.fanfare.ably.channel;

import dev.fanfare.core.broker.Broker;
import dev.fanfare.core.broker.PublishOptions;
import dev.fanfare.core.broker.Retention;
import dev.fanfare.core.channel.ResolvedChannel;
import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.History;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Publication;
import dev.fanfare.protocols.ably.MemberInfo;
import dev.fanfare.protocols.ably.WirePresence;
import dev.fanfare.protocols.ably.WirePresence.Action;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/**
 * Who came to channels, changed there and left, by this protocol: streams beside those of what is
 * published, kept as long, but never less than {@link #LEAST}. Any thread.
 */
public final class PresenceLog {
    /** What is kept of a channel that keeps no more, or nothing, of what is published. */
    public static final Retention LEAST = new Retention(1_000, Duration.ofMinutes(2));

    private final Broker broker;

    /**
     * @param broker its channels are nobody else's
     */
    public PresenceLog(Broker broker) {
        this.broker = broker;
    }

    /** An outage leaves a gap. */
    public void add(ResolvedChannel channel, WirePresence event) {
        var member = MemberInfo.client(event);
        var message =
                new Message(
                        Objects.requireNonNullElse(event.id(), ""),
                        event.action().name().toLowerCase(Locale.ROOT),
                        member.channelInfo(),
                        member,
                        Audience.EVERYONE);
        var _ =
                broker.publish(
                        channel.channel(), message, new PublishOptions(retention(channel), null));
    }

    public CompletionStage<History> read(ResolvedChannel channel, HistoryQuery query) {
        return broker.history(channel.channel(), query, retention(channel));
    }

    /** What a publication of the log says. */
    public static WirePresence event(Publication publication) {
        var message = publication.message();
        var action =
                Action.valueOf(Objects.requireNonNull(message.event()).toUpperCase(Locale.ROOT));
        return MemberInfo.presence(
                action, Objects.requireNonNull(message.publisher()), publication.time());
    }

    private static Retention retention(ResolvedChannel channel) {
        var kept = channel.rules().retention();
        return new Retention(
                Math.max(kept.size(), LEAST.size()),
                kept.age().compareTo(LEAST.age()) > 0 ? kept.age() : LEAST.age(),
                kept.remember());
    }
}
