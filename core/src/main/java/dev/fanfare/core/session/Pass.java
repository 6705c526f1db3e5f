package dev.fanfare.core.session;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.fanfare.core.access.AccessRule.Asker;
import dev.fanfare.core.access.Grant;
import dev.fanfare.core.access.Identity;
import dev.fanfare.core.channel.Action;
import dev.fanfare.core.channel.Channels;
import dev.fanfare.core.channel.ResolvedChannel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Refusal;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What lets a client stay: its token's identity, which a later token of the same user may replace.
 * Lives on the client's event loop.
 */
final class Pass {
    private static final long LONGEST_TTL = Duration.ofDays(365).toSeconds();

    private final SessionRules.Customs customs;
    private ClientInfo client;
    private Identity identity;

    Pass(ClientInfo client, Identity identity, SessionRules.Customs customs) {
        this.client = client;
        this.customs = customs;
        this.identity = admitted(identity);
    }

    /** Whose it is, as others see them. */
    ClientInfo client() {
        return client;
    }

    Identity identity() {
        return identity;
    }

    /**
     * Why its holder may not do that; null: they may.
     *
     * @param subscribed whether they are subscribed to the channel
     */
    @Nullable Refusal refusal(Action action, ResolvedChannel channel, boolean subscribed) {
        boolean free = customs.insecure() && !(action == Action.SUBSCRIBE && channel.restricted());
        return free ? null : Channels.refusal(action, channel, new Asker(identity, subscribed));
    }

    /** What became of a renewal; nothing has changed but for the first. */
    enum Renewal {
        RENEWED,
        OTHER_USER,
        OTHER_CHANNELS
    }

    /**
     * A backend has its own mind about it.
     *
     * @param expiresAt null: as it was
     * @param info {@link Payload#NONE}: as it was
     */
    void change(@Nullable Long expiresAt, Payload info) {
        identity =
                new Identity(
                        identity.user(),
                        identity.claims(),
                        expiresAt == null ? identity.expiresAt() : expiresAt,
                        info.isEmpty() ? identity.info() : info,
                        identity.grants());
        client = identity.client(client.client());
    }

    Renewal renew(Identity renewed) {
        if (!renewed.user().equals(identity.user())) {
            return Renewal.OTHER_USER;
        }
        if (!channels(renewed).equals(channels(identity))) {
            return Renewal.OTHER_CHANNELS;
        }
        identity = admitted(renewed);
        client = identity.client(client.client());
        return Renewal.RENEWED;
    }

    private static Set<String> channels(Identity identity) {
        return identity.grants().stream().map(Grant::channel).collect(toUnmodifiableSet());
    }

    /** Where everything is allowed, time is as well. */
    private Identity admitted(Identity given) {
        return customs.insecure() ? given.lasting() : given;
    }

    boolean isOver(long now) {
        return now - customs.grace().connection().toMillis() >= identity.expiresAt();
    }

    /** Seconds from now until then, as clients are told them; 0: never. */
    static long ttl(long now, long expiresAt) {
        return expiresAt == Identity.NEVER
                ? 0
                : Math.clamp(Math.ceilDiv(expiresAt - now, 1000), 1, LONGEST_TTL);
    }
}
