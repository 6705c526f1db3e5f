package dev.fanfare.protocols.centrifuge;

import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.History;
import dev.fanfare.core.model.Membership;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.protocol.Output;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.core.protocol.Recovery;
import dev.fanfare.core.protocol.Reply;
import dev.fanfare.core.protocol.Unsubscribe;
import dev.fanfare.protocols.json.NamedData;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what the server says, in whichever encoding. For one message. */
final class OutputWriter {
    private final MessageWriter out;
    private final String version;

    OutputWriter(MessageWriter out, String version) {
        this.out = out;
        this.version = version;
    }

    void write(Output output) {
        switch (output) {
            case Push.Ping() -> {} // an empty reply is a ping
            case Output.Answer(var tag, var reply) -> answer(tag, reply);
            case Push push -> out.message(Outgoing.Reply.PUSH, () -> push(push));
        }
    }

    /** As one-way clients hear it: a push without anything around it. */
    void writeBare(Output output) {
        switch (output) {
            case Push.Ping() -> {}
            case Output.Answer(_, Reply.Connected connected) ->
                    out.message(Outgoing.Push.CONNECT, () -> connected(connected, false));
            case Output.Answer _ -> {} // they do not ask
            case Push push -> push(push);
        }
    }

    private void answer(@Nullable String tag, Reply reply) {
        out.number(Outgoing.Reply.ID, tag == null ? 0 : Long.parseLong(tag));
        switch (reply) {
            case Reply.Connected connected ->
                    out.message(Outgoing.Reply.CONNECT, () -> connected(connected, true));
            case Reply.Refreshed(var client, var ttl) ->
                    out.message(Outgoing.Reply.REFRESH, () -> client(client, ttl));
            case Reply.SubscriptionRefreshed(var ttl) ->
                    out.message(Outgoing.Reply.SUB_REFRESH, () -> expiry(ttl));
            case Reply.Subscribed subscribed ->
                    out.message(Outgoing.Reply.SUBSCRIBE, () -> subscribed(subscribed));
            case Reply.Unsubscribed _ -> out.message(Outgoing.Reply.UNSUBSCRIBE, () -> {});
            case Reply.Published _ -> out.message(Outgoing.Reply.PUBLISH, () -> {});
            case Reply.Members(_, var members) ->
                    out.message(Outgoing.Reply.PRESENCE, () -> members(members));
            case Reply.Stats stats ->
                    out.message(Outgoing.Reply.PRESENCE_STATS, () -> stats(stats));
            case Reply.Past(_, var history) ->
                    out.message(Outgoing.Reply.HISTORY, () -> history(history));
            case Reply.Failed(var refusal) ->
                    out.message(Outgoing.Reply.ERROR, () -> error(refusal));
            case Reply.Pong() -> {}
        }
    }

    private void push(Push push) {
        switch (push) {
            case Push.Published(var publication) -> {
                out.text(Outgoing.Push.CHANNEL, publication.channel().name());
                out.message(Outgoing.Push.PUB, () -> publication(publication));
            }
            case Push.Delta delta -> {
                out.text(Outgoing.Push.CHANNEL, delta.publication().channel().name());
                out.message(Outgoing.Push.PUB, () -> delta(delta));
            }
            case Push.Subscribed(var channel, var terms) -> {
                out.text(Outgoing.Push.CHANNEL, channel.name());
                out.message(Outgoing.Push.SUBSCRIBE, () -> subscribed(terms));
            }
            case Push.Member(var channel, var membership, _) -> {
                out.text(Outgoing.Push.CHANNEL, channel.name());
                member(membership);
            }
            case Push.Unsubscribed(var channel, var why) -> {
                out.text(Outgoing.Push.CHANNEL, channel.name());
                out.message(Outgoing.Push.UNSUBSCRIBE, () -> unsubscribed(why));
            }
            case Push.Gap(var channel, _) -> {
                out.text(Outgoing.Push.CHANNEL, channel.name());
                out.message(
                        Outgoing.Push.UNSUBSCRIBE,
                        () -> unsubscribed(Unsubscribe.INSUFFICIENT_STATE));
            }
            case Push.Refreshed(var ttl) ->
                    out.message(Outgoing.Push.REFRESH, () -> refreshed(ttl));
            case Push.Disconnected(var why) ->
                    out.message(Outgoing.Push.DISCONNECT, () -> disconnected(why));
            case Push.Message _ -> {} // said on endpoints of our own JSON alone
            case Push.Ping() -> {}
        }
    }

    /** There is no word for a change: it is told as if the member came anew. */
    private void member(Membership membership) {
        var kind =
                switch (membership) {
                    case Membership.Joined _, Membership.Updated _ -> Outgoing.Push.JOIN;
                    case Membership.Left _ -> Outgoing.Push.LEAVE;
                };
        var info = Outgoing.JoinLeave.INFO;
        out.message(kind, () -> out.message(info, () -> clientInfo(membership.client())));
    }

    /**
     * @param answered whether the client is to answer pings
     */
    private void connected(Reply.Connected connected, boolean answered) {
        client(connected.client(), connected.ttl());
        if (!connected.channels().isEmpty()) {
            out.map(
                    Outgoing.ConnectResult.SUBS,
                    () ->
                            connected
                                    .channels()
                                    .forEach(
                                            channel ->
                                                    out.entry(
                                                            Outgoing.ConnectResult.SUBS,
                                                            channel.channel().name(),
                                                            () -> subscribed(channel))));
        }
        out.number(Outgoing.ConnectResult.PING, connected.ping());
        out.flag(Outgoing.ConnectResult.PONG, answered && connected.ping() > 0);
        var place = connected.place();
        if (place != null) {
            out.text(Outgoing.ConnectResult.SESSION, place.session());
            out.text(Outgoing.ConnectResult.NODE, place.node());
        }
        out.number(Outgoing.ConnectResult.TIME, connected.time());
    }

    private void client(String client, long ttl) {
        out.text(Outgoing.ConnectResult.CLIENT, client);
        out.text(Outgoing.ConnectResult.VERSION, version);
        out.flag(Outgoing.ConnectResult.EXPIRES, ttl > 0);
        out.number(Outgoing.ConnectResult.TTL, ttl);
    }

    private void subscribed(Reply.Subscribed subscribed) {
        var terms = subscribed.terms();
        expiry(terms.ttl());
        out.flag(Outgoing.SubscribeResult.RECOVERABLE, terms.recoverable());
        if (terms.positioned() || terms.recoverable()) {
            out.text(Outgoing.SubscribeResult.EPOCH, subscribed.position().epoch());
        }
        if (!subscribed.missed().isEmpty()) {
            missed(subscribed.missed(), terms.delta());
        }
        out.flag(Outgoing.SubscribeResult.RECOVERED, subscribed.recovery() == Recovery.RECOVERED);
        if (terms.positioned() || terms.recoverable()) {
            out.number(Outgoing.SubscribeResult.OFFSET, terms.start().offset());
        }
        out.flag(Outgoing.SubscribeResult.POSITIONED, terms.positioned());
        payload(Outgoing.SubscribeResult.DATA, terms.data());
        out.flag(
                Outgoing.SubscribeResult.WAS_RECOVERING,
                terms.recoverable() && subscribed.recovery() != Recovery.NOT_ASKED);
        out.flag(Outgoing.SubscribeResult.DELTA, terms.delta());
    }

    private void missed(List<Publication> missed, boolean delta) {
        var list = Outgoing.SubscribeResult.PUBLICATIONS;
        if (delta) {
            out.list(list, () -> chain(missed));
        } else {
            publications(list, missed);
        }
    }

    /** Each after the one before it, the first whole. */
    private void chain(List<Publication> publications) {
        Publication last = null;
        for (var publication : publications) {
            var delta = Push.Delta.after(last, publication);
            out.item(Outgoing.SubscribeResult.PUBLICATIONS, () -> delta(delta));
            last = publication;
        }
    }

    private void expiry(long ttl) {
        out.flag(Outgoing.SubscribeResult.EXPIRES, ttl > 0);
        out.number(Outgoing.SubscribeResult.TTL, ttl);
    }

    private void subscribed(Reply.Subscribed.Terms terms) {
        out.flag(Outgoing.SubscribePush.RECOVERABLE, terms.recoverable());
        if (terms.positioned() || terms.recoverable()) {
            out.text(Outgoing.SubscribePush.EPOCH, terms.start().epoch());
            out.number(Outgoing.SubscribePush.OFFSET, terms.start().offset());
        }
        out.flag(Outgoing.SubscribePush.POSITIONED, terms.positioned());
        payload(Outgoing.SubscribePush.DATA, terms.data());
    }

    private void refreshed(long ttl) {
        out.flag(Outgoing.RefreshPush.EXPIRES, ttl > 0);
        out.number(Outgoing.RefreshPush.TTL, ttl);
    }

    private void payload(Field field, Payload payload) {
        if (!payload.isEmpty()) {
            out.payload(field, payload);
        }
    }

    private void publications(Field list, List<Publication> publications) {
        out.list(
                list,
                () ->
                        publications.forEach(
                                publication -> out.item(list, () -> publication(publication))));
    }

    private void publication(Publication publication) {
        out.payload(Outgoing.Publication.DATA, NamedData.payload(publication.message()));
        rest(publication, false);
    }

    private void delta(Push.Delta delta) {
        var base = delta.base();
        boolean changed =
                out.change(
                        Outgoing.Publication.DATA,
                        NamedData.payload(delta.publication().message()),
                        base == null ? null : NamedData.payload(base.message()));
        rest(delta.publication(), changed);
    }

    private void rest(Publication publication, boolean changed) {
        var message = publication.message();
        var publisher = message.publisher();
        if (publisher != null) {
            out.message(Outgoing.Publication.INFO, () -> clientInfo(publisher));
        }
        out.number(Outgoing.Publication.OFFSET, publication.position().offset());
        out.texts(Outgoing.Publication.TAGS, message.tags());
        out.flag(Outgoing.Publication.DELTA, changed);
        out.number(Outgoing.Publication.TIME, publication.time());
        if (publication.position().offset() == 1) {
            out.text(Outgoing.Publication.EPOCH, publication.position().epoch());
        }
    }

    private void clientInfo(ClientInfo info) {
        out.text(Outgoing.ClientInfo.USER, info.user());
        out.text(Outgoing.ClientInfo.CLIENT, info.client());
        info(Outgoing.ClientInfo.CONN_INFO, info.info());
        info(Outgoing.ClientInfo.CHAN_INFO, info.channelInfo());
    }

    private void info(Field field, Payload info) {
        if (!info.isEmpty()) {
            out.info(field, info);
        }
    }

    private void members(Map<String, ClientInfo> members) {
        var field = Outgoing.PresenceResult.PRESENCE;
        out.map(
                field,
                () ->
                        members.forEach(
                                (client, info) ->
                                        out.entry(field, client, () -> clientInfo(info))));
    }

    private void stats(Reply.Stats stats) {
        out.number(Outgoing.PresenceStatsResult.NUM_CLIENTS, stats.clients());
        out.number(Outgoing.PresenceStatsResult.NUM_USERS, stats.users());
    }

    private void history(History history) {
        publications(Outgoing.HistoryResult.PUBLICATIONS, history.publications());
        out.text(Outgoing.HistoryResult.EPOCH, history.top().epoch());
        out.number(Outgoing.HistoryResult.OFFSET, history.top().offset());
    }

    private void error(Refusal refusal) {
        var error = ErrorNumber.of(refusal.code());
        out.number(Outgoing.Failure.CODE, error.code());
        out.text(Outgoing.Failure.MESSAGE, error.message());
        out.flag(Outgoing.Failure.TEMPORARY, error.isTemporary());
    }

    private void unsubscribed(Unsubscribe why) {
        out.number(Outgoing.UnsubscribePush.CODE, why.code());
        out.text(Outgoing.UnsubscribePush.REASON, why.reason());
    }

    private void disconnected(Disconnect why) {
        out.number(Outgoing.DisconnectPush.CODE, why.code());
        out.text(Outgoing.DisconnectPush.REASON, why.reason());
        out.flag(Outgoing.DisconnectPush.RECONNECT, why.reconnect());
    }
}
