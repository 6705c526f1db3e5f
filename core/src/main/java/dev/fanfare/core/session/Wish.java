package dev.fanfare.core.session;

import dev.fanfare.core.access.Grant;
import dev.fanfare.core.access.Identity;
import dev.fanfare.core.channel.ResolvedChannel;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.Command.Subscribe.Options;
import org.jspecify.annotations.Nullable;

/**
 * A channel that a connection wants from its beginning. It asks for positions and recovery.
 *
 * @param since continue after this position; null: from now on
 * @param options that were asked for
 * @param grant of a token that gives it the channel, whatever the channel's rule says; null: the
 *     rule decides
 */
public record Wish(
        String channel, @Nullable StreamPosition since, Options options, @Nullable Grant grant) {
    private static final Options USUAL = new Options("", true, true, false, false);

    public Wish(String channel, @Nullable StreamPosition since) {
        this(channel, since, USUAL, null);
    }

    static Wish of(Grant grant) {
        return new Wish(grant.channel(), null, USUAL, grant);
    }

    /** The same as the client proposes to continue it. */
    Wish continued(@Nullable StreamPosition position, Options proposed) {
        var asked =
                new Options(
                        "",
                        true,
                        true,
                        proposed.joinLeave(),
                        false,
                        proposed.filter(),
                        proposed.delta());
        return new Wish(channel, position, asked, grant);
    }

    boolean isGranted() {
        return grant != null;
    }

    Plan plan(ResolvedChannel resolved) {
        var plan =
                grant == null
                        ? Plan.of(resolved, options)
                        : Plan.of(resolved, options, grant, Identity.NEVER);
        return plan.byServer();
    }
}
