package dev.fanfare.server.transport;

import dev.fanfare.core.channel.ResolvedChannel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.protocol.FrameEncoder;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.core.session.Wish;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One monitor's welcome: a snapshot of who is there and of what was published lately, and a memory
 * of who is there, from which follows what is news.
 *
 * @param present channels whose members are shown
 * @param recent the oldest first
 * @param roster empty until the members are read
 */
record MonitorWelcome(
        Monitors monitors,
        Guest guest,
        List<Wish> wishes,
        List<ResolvedChannel> present,
        List<Publication> recent,
        Roster roster)
        implements Welcome {
    @Override
    public FrameEncoder encoder(FrameEncoder shared) {
        return new MonitorEncoder(shared, roster, monitors.words());
    }

    @Override
    public CompletionStage<List<Push.Message>> words(ClientInfo client) {
        CompletionStage<Void> all = CompletableFuture.completedFuture(null);
        for (var channel : present) {
            all =
                    all.thenCompose(nothing -> monitors.channels().members(channel))
                            .thenAccept(members -> enter(channel, members.values()));
        }
        return all.thenApply(nothing -> List.of(snapshot(client)));
    }

    private void enter(ResolvedChannel channel, Iterable<ClientInfo> members) {
        members.forEach(member -> roster.enter(channel.channel(), member));
    }

    private Push.Message snapshot(ClientInfo client) {
        var deprecation = guest.door().endpoint().manners().deprecation();
        var writer = monitors.words().greeting("monitor_snapshot", client, deprecation);
        long room = guest.door().rules().maxPendingBytes() / 2;
        Snapshot.users(writer, roster.users(), room / 2);
        Snapshot.events(writer, recent, client, room / 2);
        return FirstWords.message(writer);
    }
}
