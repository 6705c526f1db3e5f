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
 * @param unseen it is to be no member of the channel
 */
public record Wish(
        String channel,
        @Nullable StreamPosition since,
        Options options,
        @Nullable Grant grant,
        boolean unseen) {
    private static final Options USUAL = new Options("", true, true, false, false);
    private static final Options WATCHING = new Options("", true, true, true, false);

    public Wish(String channel, @Nullable StreamPosition since) {
        this(channel, since, USUAL, null, false);
    }

    /** Of who wants to see who comes and goes, and not to be seen. */
    public static Wish toWatch(String channel, @Nullable StreamPosition since) {
        return new Wish(channel, since, WATCHING, null, true);
    }

    /** The same, whatever the channel's rule says. */
    public Wish granted() {
        return new Wish(channel, since, options, Grant.of(channel), unseen);
    }

    static Wish of(Grant grant) {
        return new Wish(grant.channel(), null, USUAL, grant, false);
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
        return new Wish(channel, position, asked, grant, unseen);
    }

    boolean isGranted() {
        return grant != null;
    }

    Plan plan(ResolvedChannel resolved) {
        var plan =
                grant == null
                        ? Plan.of(resolved, options)
                        : Plan.of(resolved, options, grant, Identity.NEVER);
        return unseen ? plan.byServer().hidden() : plan.byServer();
    }
}
