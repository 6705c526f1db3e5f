package dev.fanfare.ably.rest;

import dev.fanfare.ably.access.Denied;
import dev.fanfare.ably.access.Operation;
import dev.fanfare.ably.channel.PresenceLog;
import java.util.concurrent.CompletionStage;

/** {@code /channels/{channel}/presence/history}: who came, changed and went. */
final class PresenceHistory {
    private PresenceHistory() {}

    static CompletionStage<Reply> list(Call call) throws Denied {
        var channel = call.channel(Operation.HISTORY);
        var log = new PresenceLog(call.app().presenceHistory());
        return HistoryWalk.read(
                        query -> log.read(channel, query),
                        Span.of(call.query()),
                        publication -> true)
                .thenApply(
                        found ->
                                Paging.reply(
                                        call.ask(),
                                        found.publications().stream()
                                                .map(PresenceLog::event)
                                                .toList(),
                                        Cursor.of(found.next())));
    }
}
