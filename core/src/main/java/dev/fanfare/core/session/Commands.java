package dev.fanfare.core.session;

import dev.fanfare.core.access.Identity;
import dev.fanfare.core.channel.Action;
import dev.fanfare.core.channel.Channels;
import dev.fanfare.core.channel.Draft;
import dev.fanfare.core.channel.PublishOutcome;
import dev.fanfare.core.channel.ResolvedChannel;
import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.History;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.protocol.Command;
import dev.fanfare.core.protocol.Recovery;
import dev.fanfare.core.protocol.Reply;
import dev.fanfare.core.protocol.Request;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
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
    private boolean busy;

    Commands(Session session, SessionLoop loop, SessionRules rules) {
        this.session = session;
        this.loop = loop;
        this.rules = rules;
        tokens = new TokenCommands(session, this);
        var rule = rules.budget();
        budget = rule == null ? null : new Budget(rule, loop.now());
    }

    void take(Request request) {
        if (budget != null && !budget.spend(loop.now())) {
            session.refuse(request.tag(), overBudget());
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
            case Command.SubRefresh refresh -> tokens.refresh(tag, refresh);
            case Command.Ping() -> session.answer(tag, new Reply.Pong());
            case Command.Pong() -> session.ponged();
            case Command.Subscribe subscribe -> subscribe(tag, subscribe);
            case Command.Unsubscribe(var channel) -> unsubscribe(tag, channel);
            case Command.Publish publish -> publish(tag, publish);
            case Command.Presence(var channel) -> presence(tag, channel);
            case Command.History history -> history(tag, history);
            case Command.PresenceStats(var channel) -> presenceStats(tag, channel);
            case Command.Rpc() -> session.refuse(tag, NO_METHODS);
            case Command.Send() -> session.disconnect(Disconnect.NOT_AVAILABLE);
            case Command.Unreadable(var why) -> session.refuse(tag, why);
        }
    }

    private void subscribe(@Nullable String tag, Command.Subscribe command) {
        var resolved = known(tag, command.channel());
        if (resolved == null) {
            return;
        }
        var crowded = session.subscriptions().crowded(resolved);
        if (crowded != null) {
            session.refuse(tag, crowded);
            return;
        }
        var token = command.options().token();
        if (!token.isEmpty()) {
            tokens.admit(
                    tag,
                    command.channel(),
                    token,
                    expiresAt -> establish(tag, resolved, command, expiresAt));
            return;
        }
        var refusal = session.refusal(Action.SUBSCRIBE, resolved);
        if (refusal != null) {
            session.refuse(tag, refusal);
            return;
        }
        establish(tag, resolved, command, Identity.NEVER);
    }

    private void establish(
            @Nullable String tag,
            ResolvedChannel resolved,
            Command.Subscribe command,
            long expiresAt) {
        var subscription = new Subscription(session, resolved, command.options(), false);
        session.subscriptions().expire(subscription, expiresAt);
        var established = session.subscriptions().establish(subscription, command.since());
        await(
                established,
                tag,
                failed -> session.subscriptions().remove(subscription),
                replay -> {
                    if (replay.recovery() == Recovery.LOST && command.options().orFail()) {
                        session.subscriptions().remove(subscription);
                        session.refuse(tag, unrecoverable(command, replay));
                        return;
                    }
                    session.answer(tag, session.subscriptions().told(subscription, replay));
                    subscription.goLive(replay.position());
                });
    }

    private void unsubscribe(@Nullable String tag, String name) {
        var subscription = session.subscriptions().named(name);
        if (subscription != null) {
            session.subscriptions().remove(subscription);
        }
        session.answer(tag, new Reply.Unsubscribed(name));
    }

    private void publish(@Nullable String tag, Command.Publish command) {
        var resolved = allowed(tag, command.channel(), Action.PUBLISH);
        if (resolved == null) {
            return;
        }
        var draft =
                new Draft(
                        command.channel(),
                        null,
                        command.event(),
                        command.payload(),
                        Audience.EVERYONE);
        var outcome = loop.channels().publishAs(session.client(), resolved, draft);
        await(
                outcome,
                tag,
                failed -> {},
                result -> {
                    switch (result) {
                        case PublishOutcome.Accepted accepted ->
                                session.answer(
                                        tag,
                                        new Reply.Published(
                                                accepted.channel(),
                                                accepted.id(),
                                                accepted.position()));
                        case PublishOutcome.Refused(var refusal) -> session.refuse(tag, refusal);
                    }
                });
    }

    private void presence(@Nullable String tag, String name) {
        members(
                tag,
                name,
                (channel, members) -> session.answer(tag, new Reply.Members(channel, members)));
    }

    private void presenceStats(@Nullable String tag, String name) {
        members(
                tag,
                name,
                (channel, members) -> {
                    var users = members.values().stream().map(ClientInfo::user).distinct().count();
                    session.answer(tag, new Reply.Stats(members.size(), (int) users));
                });
    }

    private void members(
            @Nullable String tag, String name, BiConsumer<Channel, Map<String, ClientInfo>> next) {
        var resolved = allowed(tag, name, Action.PRESENCE);
        if (resolved == null) {
            return;
        }
        if (!resolved.rules().presence()) {
            session.refuse(tag, notKept(name, "presence"));
            return;
        }
        await(
                loop.channels().members(resolved),
                tag,
                failed -> {},
                members -> next.accept(resolved.channel(), members));
    }

    private void history(@Nullable String tag, Command.History command) {
        var resolved = allowed(tag, command.channel(), Action.HISTORY);
        if (resolved == null) {
            return;
        }
        if (!resolved.rules().keepsHistory()) {
            session.refuse(tag, notKept(command.channel(), "history"));
            return;
        }
        await(
                loop.channels().history(resolved, command.query()),
                tag,
                failed -> {},
                history -> {
                    var refusal = otherEpoch(command, history);
                    if (refusal != null) {
                        session.refuse(tag, refusal);
                    } else {
                        session.answer(tag, new Reply.Past(resolved.channel(), visible(history)));
                    }
                });
    }

    private History visible(History history) {
        return new History(
                history.publications().stream()
                        .filter(one -> one.message().audience().includes(session.client()))
                        .toList(),
                history.top());
    }

    /** The channel, if the catalogue knows it; otherwise null, and the client has its answer. */
    private @Nullable ResolvedChannel known(@Nullable String tag, String name) {
        var resolved = loop.channels().find(name);
        if (resolved == null) {
            session.refuse(tag, Channels.unknown(name));
        }
        return resolved;
    }

    /**
     * The channel, if it is known and its rule allows this; otherwise null, and the client has its
     * answer.
     */
    private @Nullable ResolvedChannel allowed(@Nullable String tag, String name, Action action) {
        var resolved = known(tag, name);
        var refusal = resolved == null ? null : session.refusal(action, resolved);
        if (refusal != null) {
            session.refuse(tag, refusal);
            return null;
        }
        return resolved;
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
                        session.fail(
                                tag,
                                failure == null ? new IllegalStateException("no value") : failure);
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

    private static @Nullable Refusal otherEpoch(Command.History command, History history) {
        var since = command.query().since();
        return since == null || !since.isKnown() || since.sameEpoch(history.top())
                ? null
                : new Refusal(
                        ErrorCode.UNRECOVERABLE,
                        "since.epoch",
                        since.epoch(),
                        history.top().epoch());
    }

    private static Refusal unrecoverable(Command.Subscribe command, Replay replay) {
        return new Refusal(
                ErrorCode.UNRECOVERABLE,
                "since",
                String.valueOf(command.since()),
                "a position from which everything up to " + replay.position() + " is kept");
    }

    private static Refusal notKept(String channel, String what) {
        return new Refusal(
                ErrorCode.NOT_AVAILABLE, "channel", channel, "a channel that keeps " + what);
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
