package dev.fanfare.server.transport;

import static java.util.Comparator.comparingLong;

import dev.fanfare.core.access.AccessRule.Asker;
import dev.fanfare.core.channel.Action;
import dev.fanfare.core.channel.Channels;
import dev.fanfare.core.channel.ResolvedChannel;
import dev.fanfare.core.model.History;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.session.Wish;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Welcomes those who watch everybody. What was published is read first, and the subscription goes
 * on right behind it; who is there is read once the subscription hears who comes and goes. So
 * nothing is missed, and nothing told twice. Who may see who is there needs no other right to watch
 * a channel of the endpoint. Any thread.
 */
record Monitors(Channels channels, FirstWords words) {
    private static final HistoryQuery NEWEST = new HistoryQuery(null, 1_000, true);

    CompletionStage<Welcome> welcome(Guest guest) {
        var reads = new HashMap<String, CompletableFuture<History>>();
        for (var channel : shown(guest)) {
            if (channel.rules().keepsHistory()) {
                reads.put(channel.channel().name(), read(channel));
            }
        }
        return CompletableFuture.allOf(reads.values().toArray(CompletableFuture[]::new))
                .thenApply(nothing -> welcome(guest, reads));
    }

    private CompletableFuture<History> read(ResolvedChannel channel) {
        return channels.history(channel, NEWEST).toCompletableFuture();
    }

    /** What the endpoint itself gives, and the guest wants. */
    private List<ResolvedChannel> shown(Guest guest) {
        var given = guest.door().endpoint().channelsOf(guest.identity().user());
        return guest.wishes().stream()
                .map(Wish::channel)
                .filter(given::contains)
                .map(channels::find)
                .filter(Objects::nonNull)
                .toList();
    }

    private Welcome welcome(Guest guest, Map<String, CompletableFuture<History>> reads) {
        var recent = new ArrayList<Publication>();
        reads.values().forEach(read -> recent.addAll(read.join().publications().reversed()));
        recent.sort(comparingLong(Publication::time));
        var present = shown(guest).stream().filter(one -> one.rules().presence()).toList();
        var seen =
                present.stream()
                        .filter(channel -> maySeeMembers(guest, channel))
                        .map(channel -> channel.channel().name())
                        .toList();
        var wishes =
                guest.wishes().stream()
                        .map(wish -> behind(wish, reads.get(wish.channel())))
                        .map(wish -> seen.contains(wish.channel()) ? wish.granted() : wish)
                        .toList();
        return new MonitorWelcome(this, guest, wishes, present, recent, new Roster());
    }

    private static boolean maySeeMembers(Guest guest, ResolvedChannel channel) {
        return Channels.refusal(Action.PRESENCE, channel, new Asker(guest.identity())) == null;
    }

    private static Wish behind(Wish wish, @Nullable CompletableFuture<History> read) {
        var position = read == null ? null : read.join().top();
        return Wish.toWatch(wish.channel(), position);
    }
}
