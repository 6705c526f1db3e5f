package dev.fanfare.ably.rest;

import dev.fanfare.ably.access.Denied;
import dev.fanfare.ably.access.Operation;
import dev.fanfare.core.channel.ResolvedChannel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.protocols.ably.MemberInfo;
import dev.fanfare.protocols.ably.WirePresence;
import dev.fanfare.protocols.ably.WirePresence.Action;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code /channels/{channel}/presence} and {@code /presence}: who is there. */
final class PresenceMembers {
    private static final Comparator<ClientInfo> ORDER =
            Comparator.comparing(ClientInfo::user).thenComparing(ClientInfo::client);

    private PresenceMembers() {}

    static CompletionStage<Reply> list(Call call) throws Denied {
        var channel = call.channel(Operation.SUBSCRIBE);
        var query = call.query();
        var window = Paging.window(query);
        return of(call, channel)
                .thenApply(
                        members -> {
                            var asked = members.stream().filter(each -> fits(each, query)).toList();
                            var part = window.of(asked);
                            return Paging.reply(call.ask(), part.items(), part.next());
                        });
    }

    private static boolean fits(WirePresence member, Query query) {
        return fits(member.clientId(), query.text("clientId"))
                && fits(member.connectionId(), query.text("connectionId"));
    }

    private static boolean fits(@Nullable String value, @Nullable String asked) {
        return asked == null || asked.equals(value);
    }

    /** In the order of their client ids. */
    static CompletionStage<List<WirePresence>> of(Call call, ResolvedChannel channel) {
        long now = call.ask().time();
        return call.app()
                .channels()
                .members(channel)
                .thenApply(
                        members ->
                                members.values().stream()
                                        .sorted(ORDER)
                                        .map(each -> present(each, now))
                                        .toList());
    }

    private static WirePresence present(ClientInfo member, long now) {
        return MemberInfo.presence(Action.PRESENT, member, now);
    }

    /** Of several channels at once. */
    static CompletionStage<Reply> batch(Call call) throws Denied {
        var given = call.query().text("channels");
        var names =
                given == null || given.isEmpty()
                        ? List.<String>of()
                        : Arrays.asList(given.split(",", -1));
        var request = call.ask().request();
        return Batch.of("channel", Batch.checked("channels", names), name -> members(call, name))
                .thenApply(
                        batch ->
                                Batch.isPlain(request)
                                        ? Batch.plain(200, List.of(batch))
                                        : Reply.ok(batch.tree()));
    }

    private static CompletionStage<Map<String, Object>> members(Call call, String name)
            throws Denied {
        return of(call, call.channel(Operation.SUBSCRIBE, name))
                .thenApply(members -> Map.of("presence", members));
    }
}
