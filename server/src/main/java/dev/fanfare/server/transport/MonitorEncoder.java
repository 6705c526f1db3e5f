package dev.fanfare.server.transport;

import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.Membership;
import dev.fanfare.core.protocol.Frame;
import dev.fanfare.core.protocol.FrameEncoder;
import dev.fanfare.core.protocol.Output;
import dev.fanfare.core.protocol.Push;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one monitor is told: as others are, but of users who come and go where others hear of
 * clients. Lives on the monitor's event loop.
 *
 * @param shared with everybody else
 */
record MonitorEncoder(FrameEncoder shared, Roster roster, FirstWords words)
        implements FrameEncoder {
    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public Frame encode(List<? extends Output> outputs) {
        return shared.encode(outputs.stream().flatMap(this::told).toList());
    }

    private Stream<Output> told(Output output) {
        return output instanceof Push.Member(var channel, var membership, _)
                ? change(channel, membership)
                : Stream.of(output);
    }

    private Stream<Output> change(Channel channel, Membership membership) {
        var client = membership.client();
        return switch (membership) {
            case Membership.Joined _ when roster.enter(channel, client) ->
                    Stream.of(words.change("user_joined", client.user()));
            case Membership.Left _ when roster.leave(channel, client) ->
                    Stream.of(words.change("user_left", client.user()));
            case Membership.Joined _, Membership.Left _, Membership.Updated _ -> Stream.empty();
        };
    }
}
