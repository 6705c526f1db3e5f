package dev.fanfare.core.simulation;

import static dev.fanfare.core.simulation.Violation.unless;
import static dev.fanfare.core.simulation.World.MAX_CHANNELS;
import static dev.fanfare.core.simulation.World.MAX_RECOVERED;

import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.History;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.Command;
import dev.fanfare.core.protocol.Output;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.core.protocol.Recovery;
import dev.fanfare.core.protocol.Reply;
import dev.fanfare.core.protocol.Request;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client that knows what it asked for and believes nothing: each answer must fit the oldest open
 * request, and each publication its {@link View} of the channel.
 */
final class Client {
    /**
     * @param placed how many publications the request's channel had when it was made
     */
    private record Asked(@Nullable String tag, Command command, int placed) {}

    private final World world;
    private final ClientInfo info;
    private final ArrayDeque<Asked> asked = new ArrayDeque<>();
    private final Map<Channel, View> views = new LinkedHashMap<>();

    /** How much there was of channels without history when the server said we are in. */
    private final Map<Channel, Integer> promised = new HashMap<>();

    /** Where views that have ended stood. */
    private final Map<Channel, Integer> left = new HashMap<>();

    private boolean doomed;

    Client(World world, ClientInfo info) {
        this.world = world;
        this.info = info;
    }

    Set<Channel> channels() {
        return views.keySet();
    }

    int openRequests() {
        return asked.size();
    }

    /** Wants to be let in with this channel. */
    void wish(Channel channel, @Nullable StreamPosition since) {
        views.put(channel, View.opening(world.ledger(channel), info, since, world.now()));
    }

    /** It is in, with all channels it wished for. */
    void enter() {
        views.values().forEach(View::enter);
    }

    void ask(Request request) {
        var channel = channel(request.command());
        int placed = channel == null ? 0 : world.ledger(channel).size();
        asked.add(new Asked(request.tag(), request.command(), placed));
    }

    private static @Nullable Channel channel(Command command) {
        return command instanceof Command.Subscribe(var name, _, _)
                        && World.CHANNELS.containsKey(name)
                ? new Channel(name)
                : null;
    }

    /** The server says something; it will be heard later, or never. */
    void beforehand(Output output) {
        if (output instanceof Output.Answer(_, Reply.Subscribed subscribed)) {
            promised.put(subscribed.channel(), world.ledger(subscribed.channel()).size());
        }
    }

    void hear(Output output) {
        world.tell(() -> "  " + info.client() + " hears " + output);
        switch (output) {
            case Output.Answer(var tag, var reply) -> hear(tag, reply);
            case Push.Subscribed(var channel, var terms) -> begin(channel, terms.start());
            case Push.Published(var publication) -> {
                view(publication.channel()).hear(publication);
                world.memory.add(publication.channel(), publication.position());
            }
            case Push.Delta(var publication, var base) -> {
                view(publication.channel()).hear(publication, base);
                world.memory.add(publication.channel(), publication.position());
            }
            case Push.Gap(var channel, var position) -> {
                view(channel).lose(position, world.now());
                world.memory.add(channel, position);
            }
            case Push.Member _, Push.Message _, Push.Refreshed _, Push.Unsubscribed _ ->
                    throw new Violation("unasked: " + output);
            case Push.Ping(), Push.Disconnected(_) -> {}
        }
    }

    private void begin(Channel channel, StreamPosition position) {
        unless(
                position.isKnown() == world.ledger(channel).keepsHistory(),
                "%s begins at %s",
                channel,
                position);
        if (position.isKnown()) {
            view(channel).begin(position);
            world.memory.add(channel, position);
        }
    }

    private View view(Channel channel) {
        var view = views.get(channel);
        unless(view != null, "%s: not subscribed", channel);
        return view;
    }

    private void hear(@Nullable String tag, Reply reply) {
        if (reply instanceof Reply.Failed(var refusal)
                && refusal.code() == ErrorCode.TOO_MANY_REQUESTS) {
            doomed = true;
        }
        if (doomed) {
            return;
        }
        unless(!asked.isEmpty(), "%s: nothing was asked", reply);
        var request = asked.remove();
        unless(Objects.equals(tag, request.tag()), "%s answers %s, not %s", reply, tag, request);
        if (reply instanceof Reply.Failed(var refusal)) {
            checkRefusal(request.command(), refusal.code());
        } else {
            unless(refusal(request.command()) == null, "%s: granted, %s", request, reply);
            checkAnswer(request, reply);
        }
    }

    private void checkRefusal(Command command, ErrorCode code) {
        if (code == ErrorCode.UNRECOVERABLE) {
            unless(command instanceof Command.History, "%s: %s", command, code);
        } else if (code != ErrorCode.INTERNAL) {
            unless(code == refusal(command), "%s: %s", command, code);
        }
    }

    /** How the server must refuse this; null: it must not. */
    private @Nullable ErrorCode refusal(Command command) {
        return switch (command) {
            case Command.Subscribe(var name, _, _) -> subscribeRefusal(name);
            case Command.Publish(var name, _, _) -> accessRefusal(name);
            case Command.Presence(var name) -> refusal(name, World.hasPresence(name));
            case Command.History(var name, _) ->
                    refusal(name, !name.startsWith("plain:") && !name.startsWith("room:"));
            case Command.Ping(), Command.Unsubscribe(_), Command.Unreadable(_) -> null;
            case Command.Connect _,
                    Command.Refresh _,
                    Command.SubRefresh _,
                    Command.Pong _,
                    Command.PresenceStats _,
                    Command.Rpc _,
                    Command.Send _ ->
                    throw new Violation("never said: " + command);
        };
    }

    private @Nullable ErrorCode refusal(String name, boolean available) {
        var refusal = accessRefusal(name);
        return refusal == null && !available ? ErrorCode.NOT_AVAILABLE : refusal;
    }

    private @Nullable ErrorCode subscribeRefusal(String name) {
        if (views.containsKey(new Channel(name))) {
            return ErrorCode.ALREADY_SUBSCRIBED;
        }
        boolean full = World.CHANNELS.containsKey(name) && views.size() >= MAX_CHANNELS;
        return full ? ErrorCode.LIMIT_EXCEEDED : accessRefusal(name);
    }

    private @Nullable ErrorCode accessRefusal(String name) {
        if (!World.CHANNELS.containsKey(name)) {
            return ErrorCode.UNKNOWN_CHANNEL;
        }
        return World.isOpenTo(name, info.user()) ? null : ErrorCode.PERMISSION_DENIED;
    }

    private void checkAnswer(Asked request, Reply reply) {
        switch (request.command()) {
            case Command.Ping() -> unless(reply instanceof Reply.Pong, "ping: %s", reply);
            case Command.Subscribe command ->
                    subscribed(command, request.placed(), (Reply.Subscribed) reply);
            case Command.Unsubscribe(var name) -> unsubscribed(name, (Reply.Unsubscribed) reply);
            case Command.Publish(_, _, var payload) -> published(payload, (Reply.Published) reply);
            case Command.Presence(_) -> members((Reply.Members) reply);
            case Command.History(var name, var query) ->
                    past(new Channel(name), query, ((Reply.Past) reply).history());
            case Command.Unreadable(_) -> throw new Violation("unreadable: " + reply);
            case Command.Connect _,
                    Command.Refresh _,
                    Command.SubRefresh _,
                    Command.Pong _,
                    Command.PresenceStats _,
                    Command.Rpc _,
                    Command.Send _ ->
                    throw new Violation("never said: " + request.command());
        }
    }

    private void subscribed(Command.Subscribe command, int before, Reply.Subscribed reply) {
        var channel = reply.channel();
        unless(channel.name().equals(command.channel()), "%s answers %s", reply, command);
        unless((command.since() == null) == (reply.recovery() == Recovery.NOT_ASKED), "%s", reply);
        var view = begun(command, before, reply).subscribed();
        unless(reply.terms().delta() == view.isDelta(), "%s answers %s", reply, command);
        views.put(channel, view);
        world.memory.add(channel, reply.position());
    }

    private View begun(Command.Subscribe command, int before, Reply.Subscribed reply) {
        var since = command.since();
        var channel = reply.channel();
        var ledger = world.ledger(channel);
        if (reply.recovery() == Recovery.RECOVERED) {
            var view = View.at(ledger, info, Objects.requireNonNull(since)).as(command.options());
            reply.missed().forEach(view::take);
            view.reach(reply.position());
            return view;
        }
        unless(reply.missed().isEmpty(), "%s: nothing can be missed", reply);
        unless(
                since == null || !ledger.canRecover(since, MAX_RECOVERED, world.now()),
                "needlessly lost: %s",
                since);
        if (!ledger.keepsHistory()) {
            return View.between(ledger, info, left.getOrDefault(channel, 0), promised.get(channel))
                    .as(command.options());
        }
        unless(ledger.after(reply.position()) >= before, "%s: an old position", reply);
        return View.at(ledger, info, reply.position()).as(command.options());
    }

    private void unsubscribed(String name, Reply.Unsubscribed reply) {
        unless(reply.channel().equals(name), "%s answers unsubscribe %s", reply, name);
        var view = views.remove(new Channel(name));
        if (view != null) {
            left.put(new Channel(name), view.next());
        }
    }

    private void published(Payload payload, Reply.Published reply) {
        var publication = world.ledger(reply.channel()).find(payload);
        unless(
                publication != null && publication.position().equals(reply.position()),
                "%s: published %s",
                reply,
                publication);
    }

    private void members(Reply.Members reply) {
        unless(
                reply.members().containsKey(info.client()) == views.containsKey(reply.channel()),
                "%s: member of %s",
                info,
                reply);
    }

    private void past(Channel channel, HistoryQuery query, History history) {
        var ledger = world.ledger(channel);
        var since = query.since();
        var all = query.reverse() ? history.publications().reversed() : history.publications();
        int top = ledger.after(history.top());
        int next = since == null || query.reverse() ? 0 : ledger.after(since);
        var view = View.between(ledger, info, next, Integer.MAX_VALUE);
        all.forEach(view::take);
        unless(view.next() <= top && all.size() <= query.limit(), "%s: %s", query, history);
    }

    /** Nothing is on its way any more. */
    void expectComplete() {
        unless(asked.isEmpty() || doomed, "%s waits for %s", info, asked);
        views.forEach((channel, view) -> view.expectComplete());
    }
}
