package dev.fanfare.ably.rest;

import static java.util.concurrent.CompletableFuture.completedFuture;

import dev.fanfare.ably.access.Denied;
import dev.fanfare.ably.access.Operation;
import dev.fanfare.protocols.ably.WirePresence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * {@code /channels} and {@code /channels/{channel}}: which channels are in use, and by how many.
 * Whoever listens counts as a publisher and as a listener to members as well: it may be both.
 */
final class ChannelDetails {
    private final Census census;

    ChannelDetails(Census census) {
        this.census = census;
    }

    CompletionStage<Reply> show(Call call) throws Denied {
        var name = call.channel(Operation.CHANNEL_METADATA).channel().name();
        return census.listeners(call.app(), name)
                .thenCompose(all -> details(call, name, all.getOrDefault(name, 0)))
                .thenApply(Reply::ok);
    }

    /** Those that somebody listens to and that may be known to whoever asks. */
    CompletionStage<Reply> list(Call call) throws Denied {
        var query = call.query();
        boolean namesOnly = wantsNames(query);
        var window = Paging.window(query);
        var prefix = query.text("prefix");
        return census.listeners(call.app(), prefix == null ? "" : prefix)
                .thenCompose(
                        all -> {
                            var part = window.of(known(call, all));
                            return (namesOnly
                                            ? completedFuture(part.items())
                                            : details(call, part.items(), all))
                                    .thenApply(
                                            items -> Paging.reply(call.ask(), items, part.next()));
                        });
    }

    private static boolean wantsNames(Query query) throws Denied {
        return switch (query.text("by")) {
            case null -> false;
            case "value" -> false;
            case "id" -> true;
            case String other -> throw Errors.parameter("by", other, "id or value");
        };
    }

    private static List<String> known(Call call, Map<String, Integer> listeners) {
        return listeners.keySet().stream()
                .filter(name -> call.access().allows(Operation.CHANNEL_METADATA, name))
                .sorted()
                .toList();
    }

    private static CompletionStage<List<?>> details(
            Call call, List<String> names, Map<String, Integer> listeners) {
        CompletionStage<List<?>> all = completedFuture(List.of());
        for (var name : names) {
            all =
                    all.thenCombine(
                            details(call, name, listeners.getOrDefault(name, 0)),
                            ChannelDetails::and);
        }
        return all;
    }

    private static List<?> and(List<?> details, Object next) {
        var more = new ArrayList<Object>(details);
        more.add(next);
        return more;
    }

    private static CompletionStage<Map<String, Object>> details(
            Call call, String name, int listeners) {
        var channel = call.app().channels().find(name);
        return channel == null
                ? completedFuture(tree(name, metrics(listeners, List.of())))
                : PresenceMembers.of(call, channel)
                        .thenApply(members -> tree(name, metrics(listeners, members)));
    }

    private static Map<String, Object> metrics(int listeners, List<WirePresence> members) {
        var metrics = new LinkedHashMap<String, Object>();
        metrics.put("connections", listeners);
        metrics.put("publishers", listeners);
        metrics.put("subscribers", listeners);
        metrics.put("presenceSubscribers", listeners);
        metrics.put("presenceConnections", connections(members));
        metrics.put("presenceMembers", members.size());
        return metrics;
    }

    private static long connections(List<WirePresence> members) {
        return members.stream().map(WirePresence::connectionId).distinct().count();
    }

    private static Map<String, Object> tree(String name, Map<String, Object> metrics) {
        boolean active =
                metrics.values().stream().anyMatch(count -> ((Number) count).intValue() > 0);
        var status = new LinkedHashMap<String, Object>();
        status.put("isActive", active);
        status.put("occupancy", Map.of("metrics", metrics));
        var tree = new LinkedHashMap<String, Object>();
        tree.put("channelId", name);
        tree.put("name", name);
        tree.put("status", status);
        return tree;
    }
}
