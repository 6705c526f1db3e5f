package dev.fanfare.server.api;

import dev.fanfare.core.channel.ChannelRules;
import dev.fanfare.core.channel.Channels;
import dev.fanfare.core.channel.Draft;
import dev.fanfare.core.channel.PublishOutcome;
import dev.fanfare.core.channel.ResolvedChannel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.History;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.Unavailable;
import dev.fanfare.core.session.UserCommand;
import dev.fanfare.server.cluster.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;

/** Carries commands out. Any thread; nothing blocks. */
final class ServerApi {
    private static final ApiResult DONE = new ApiResult.Done();

    private final Channels channels;
    private final Cluster cluster;
    private final ApiEndpoint.Observer observer;

    ServerApi(Channels channels, Cluster cluster, ApiEndpoint.Observer observer) {
        this.channels = channels;
        this.cluster = cluster;
        this.observer = observer;
    }

    /** What cannot be done at the moment fails by itself, in a batch as well. */
    CompletionStage<ApiResult> run(ApiCommand command) {
        return begin(command)
                .exceptionallyCompose(
                        failure ->
                                Unavailable.isCauseOf(failure)
                                        ? failed(ApiError.INTERNAL)
                                        : CompletableFuture.failedStage(failure));
    }

    private CompletionStage<ApiResult> begin(ApiCommand command) {
        return switch (command) {
            case ApiCommand.Publish(var draft) -> publish(draft);
            case ApiCommand.Broadcast(var drafts) ->
                    all(drafts.stream().map(this::publish).toList())
                            .thenApply(ApiResult.Broadcasted::new);
            case ApiCommand.Presence(var channel) -> members(channel, ApiResult.Presence::new);
            case ApiCommand.PresenceStats(var channel) -> members(channel, ServerApi::counted);
            case ApiCommand.History(var channel, var query) -> history(channel, query);
            case ApiCommand.HistoryRemove(var channel) -> removeHistory(channel);
            case ApiCommand.Channels(var names) ->
                    cluster.channels(names).thenApply(ApiResult.Channels::new);
            case ApiCommand.Nodes() -> cluster.reports().thenApply(ApiResult.Nodes::new);
            case ApiCommand.Tell(var told) -> tell(told);
            case ApiCommand.TellOnChannel(var channel, var told) ->
                    on(channel, rules -> true, known -> tell(told));
            case ApiCommand.Refused(var error) -> failed(error);
        };
    }

    /** In this order: on one channel that is the order of the positions. */
    CompletionStage<List<ApiResult>> runInOrder(List<ApiCommand> commands) {
        var results = new ArrayList<ApiResult>(commands.size());
        CompletionStage<?> last = CompletableFuture.completedFuture(null);
        for (var command : commands) {
            last = last.thenCompose(nothing -> run(command)).thenAccept(results::add);
        }
        return last.thenApply(nothing -> results);
    }

    CompletionStage<List<ApiResult>> runAtOnce(List<ApiCommand> commands) {
        return all(commands.stream().map(this::run).toList());
    }

    private static CompletionStage<List<ApiResult>> all(List<CompletionStage<ApiResult>> stages) {
        var futures = stages.stream().map(CompletionStage::toCompletableFuture).toList();
        return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new))
                .thenApply(nothing -> futures.stream().map(CompletableFuture::join).toList());
    }

    private CompletionStage<ApiResult> publish(Draft draft) {
        return draft.channel().isEmpty()
                ? failed(ApiError.BAD_REQUEST)
                : channels.publish(draft).thenApply(this::told);
    }

    private ApiResult told(PublishOutcome outcome) {
        return switch (outcome) {
            case PublishOutcome.Accepted accepted -> {
                observer.published();
                yield new ApiResult.Published(accepted.position());
            }
            case PublishOutcome.Refused(var refusal) -> {
                observer.refused(refusal.code().word());
                yield new ApiResult.Failed(ApiError.of(refusal));
            }
        };
    }

    private CompletionStage<ApiResult> members(
            String name, Function<Map<String, ClientInfo>, ApiResult> told) {
        return on(
                name, ChannelRules::presence, channel -> channels.members(channel).thenApply(told));
    }

    private static ApiResult counted(Map<String, ClientInfo> members) {
        long users = members.values().stream().map(ClientInfo::user).distinct().count();
        return new ApiResult.PresenceStats(members.size(), (int) users);
    }

    private CompletionStage<ApiResult> history(String name, HistoryQuery query) {
        return on(
                name,
                ChannelRules::keepsHistory,
                channel ->
                        channels.history(channel, query)
                                .thenApply(history -> recovered(query, history)));
    }

    /** An empty epoch stands for the current one. */
    private static ApiResult recovered(HistoryQuery query, History history) {
        var since = query.since();
        return since == null || since.epoch().isEmpty() || since.sameEpoch(history.top())
                ? new ApiResult.History(history)
                : new ApiResult.Failed(ApiError.UNRECOVERABLE);
    }

    private CompletionStage<ApiResult> removeHistory(String name) {
        return on(
                name,
                ChannelRules::keepsHistory,
                channel -> channels.removeHistory(channel).thenApply(nothing -> DONE));
    }

    private CompletionStage<ApiResult> tell(UserCommand command) {
        return cluster.tell(command).thenApply(nothing -> DONE);
    }

    private CompletionStage<ApiResult> on(
            String name,
            Predicate<ChannelRules> keeps,
            Function<ResolvedChannel, CompletionStage<ApiResult>> next) {
        var channel = channels.find(name);
        if (channel == null) {
            return failed(ApiError.of(channels.unknown(name)));
        }
        return keeps.test(channel.rules()) ? next.apply(channel) : failed(ApiError.NOT_AVAILABLE);
    }

    private static CompletionStage<ApiResult> failed(ApiError error) {
        return completed(new ApiResult.Failed(error));
    }

    private static CompletionStage<ApiResult> completed(ApiResult result) {
        return CompletableFuture.completedFuture(result);
    }
}
