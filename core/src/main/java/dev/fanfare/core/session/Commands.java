package dev.fanfare.core.session;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.protocol.Command;
import dev.fanfare.core.protocol.Reply;
import dev.fanfare.core.protocol.Request;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries out one session's commands, one after the other: while one waits for the broker, those
 * behind it wait. Lives on the session's event loop.
 */
final class Commands {
    private static final Refusal NO_METHODS =
            new Refusal(ErrorCode.NOT_AVAILABLE, "rpc", "a call", "nothing: there are no methods");

    private final Session session;
    private final SessionLoop loop;
    private final SessionRules rules;
    private final ArrayDeque<Request> waiting = new ArrayDeque<>(1);
    private final @Nullable Budget budget;
    private final TokenCommands tokens;
    private final List<Runnable> afterwards = new ArrayList<>(0);
    private final SubscribeCommands subscribing;
    private final ChannelCommands using;
    private boolean busy;

    Commands(Session session, SessionLoop loop, SessionRules rules) {
        this.session = session;
        this.loop = loop;
        this.rules = rules;
        tokens = new TokenCommands(session, this);
        using = new ChannelCommands(session, loop, this);
        subscribing = new SubscribeCommands(session, this, tokens, using);
        var rule = rules.budget();
        budget = rule == null ? null : new Budget(rule, loop.now());
    }

    void take(Request request) {
        if (budget != null && !budget.spend(loop.now())) {
            session.outbox().refuse(request.tag(), overBudget());
            session.disconnect(Disconnect.TOO_MANY_REQUESTS);
        } else if (!busy) {
            handle(request.tag(), request.command());
        } else if (waiting.size() < rules.maxWaiting()) {
            waiting.add(request);
        } else {
            session.disconnect(Disconnect.TOO_MANY_REQUESTS);
        }
    }

    /** Does it once nothing is carried out and nothing waits; or when the session has ended. */
    void afterwards(Runnable task) {
        afterwards.add(task);
        settle();
    }

    /** The session has ended. */
    void end() {
        waiting.clear();
        settle();
    }

    private void settle() {
        if ((!busy && waiting.isEmpty()) || session.isClosed()) {
            var tasks = List.copyOf(afterwards);
            afterwards.clear();
            tasks.forEach(Runnable::run);
        }
    }

    private void handle(@Nullable String tag, Command command) {
        switch (command) {
            case Command.Connect _ -> session.disconnect(Disconnect.BAD_REQUEST);
            case Command.Refresh(var token) -> tokens.refresh(tag, token);
            case Command.SubRefresh refresh -> subscribing.refresh(tag, refresh);
            case Command.Ping() -> session.outbox().answer(tag, new Reply.Pong());
            case Command.Pong() -> session.ponged();
            case Command.Subscribe subscribe -> subscribing.subscribe(tag, subscribe);
            case Command.Unsubscribe(var channel) -> subscribing.unsubscribe(tag, channel);
            case Command.Publish publish -> using.publish(tag, publish);
            case Command.Presence(var channel) -> using.presence(tag, channel);
            case Command.History history -> using.history(tag, history);
            case Command.PresenceStats(var channel) -> using.presenceStats(tag, channel);
            case Command.Rpc() -> session.outbox().refuse(tag, NO_METHODS);
            case Command.Send() -> session.disconnect(Disconnect.NOT_AVAILABLE);
            case Command.Unreadable(var why) -> session.outbox().refuse(tag, why);
        }
    }

    /** Goes on when the stage is complete; until then further commands wait. */
    <T> void await(
            CompletionStage<T> stage,
            @Nullable String tag,
            Consumer<Throwable> onFailure,
            Consumer<T> next) {
        busy = true;
        loop.then(
                stage,
                (value, failure) -> {
                    busy = false;
                    if (failure != null) {
                        onFailure.accept(failure);
                    }
                    if (!session.isOpen()) {
                        return;
                    }
                    if (value == null) {
                        session.outbox()
                                .fail(
                                        tag,
                                        failure == null
                                                ? new IllegalStateException("no value")
                                                : failure);
                    } else {
                        next.accept(value);
                    }
                    resume();
                });
    }

    private void resume() {
        while (!busy && session.isOpen() && !waiting.isEmpty()) {
            var request = waiting.remove();
            handle(request.tag(), request.command());
        }
        settle();
    }

    private Refusal overBudget() {
        var budgetRule = rules.budget();
        var rate = budgetRule == null ? "" : String.valueOf(budgetRule.perSecond());
        return new Refusal(
                ErrorCode.TOO_MANY_REQUESTS,
                "messages",
                "more",
                "at most " + rate + " messages a second");
    }
}
