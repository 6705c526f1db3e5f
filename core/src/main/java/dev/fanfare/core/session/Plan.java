package dev.fanfare.core.session;

import dev.fanfare.core.access.Grant;
import dev.fanfare.core.access.Identity;
import dev.fanfare.core.channel.ResolvedChannel;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.protocol.Command.Subscribe.Options;
import org.jspecify.annotations.Nullable;

/**
 * A subscription that a client may have, before anything has been done for it.
 *
 * @param channel with the rules that hold for this client
 * @param options that were asked for
 * @param info about the client, for others on the channel
 * @param data for the client, told when it is subscribed
 * @param ofServer the client did not ask for it and cannot do without: when it breaks, so does the
 *     connection
 * @param unseen its client is no member of the channel
 * @param expiresAt in milliseconds since 1970; {@link Identity#NEVER} without end
 */
record Plan(
        ResolvedChannel channel,
        Options options,
        Payload info,
        Payload data,
        boolean ofServer,
        boolean unseen,
        long expiresAt) {

    /** Of a client that the channel's rules let in. */
    static Plan of(ResolvedChannel channel, Options options) {
        return new Plan(channel, options, Payload.NONE, Payload.NONE, false, false, Identity.NEVER);
    }

    /** Of a client that was given the channel. */
    static Plan of(ResolvedChannel channel, Options options, Grant grant, long expiresAt) {
        return new Plan(
                channel.with(grant.options()),
                options,
                grant.info(),
                grant.data(),
                false,
                false,
                expiresAt);
    }

    /** Why the channel does not offer what is asked for; null: it does. */
    static @Nullable Refusal refusal(ResolvedChannel channel, Options options) {
        return !options.choosesByTags() || channel.rules().content().filters()
                ? null
                : new Refusal(
                        ErrorCode.BAD_REQUEST,
                        "tf",
                        "a filter",
                        "nothing: on this channel nobody may choose by tags");
    }

    Plan byServer() {
        return new Plan(channel, options, info, data, true, unseen, expiresAt);
    }

    Plan hidden() {
        return new Plan(channel, options, info, data, ofServer, true, expiresAt);
    }
}
