package dev.fanfare.protocols.ably;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what the server says as one protocol message, in whichever format. For one message. */
final class OutgoingWriter {
    private final DocumentWriter out;
    private final WireWriter values;

    OutgoingWriter(DocumentWriter out) {
        this.out = out;
        values = new WireWriter(out);
    }

    void write(Outgoing outgoing) {
        switch (outgoing) {
            case Outgoing.Heartbeat(var id) -> {
                begin(Action.HEARTBEAT);
                values.text("id", id);
            }
            case Outgoing.Ack ack -> ack(ack);
            case Outgoing.Nack(long msgSerial, int count, var error) -> {
                begin(Action.NACK).member("msgSerial", msgSerial).member("count", count);
                error(error);
            }
            case Outgoing.Connected(var id, var details, var error) -> {
                begin(Action.CONNECTED).member("connectionId", id);
                details(details);
                error(error);
            }
            case Outgoing.Disconnected(var error) -> {
                begin(Action.DISCONNECTED);
                error(error);
            }
            case Outgoing.Closed() -> begin(Action.CLOSED);
            case Outgoing.Failed(var channel, var error) -> {
                begin(Action.ERROR);
                values.text("channel", channel);
                error(error);
            }
            case Outgoing.Attached attached -> attached(attached);
            case Outgoing.Detached(var channel, var error) -> {
                begin(Action.DETACHED, channel);
                error(error);
            }
            case Outgoing.Messages messages -> messages(messages);
            case Outgoing.Presence presence -> presence(presence);
            case Outgoing.Sync sync -> sync(sync);
            case Outgoing.Auth() -> begin(Action.AUTH);
        }
        out.endObject();
    }

    @CanIgnoreReturnValue
    private DocumentWriter begin(int action) {
        return out.beginObject().member("action", action);
    }

    @CanIgnoreReturnValue
    private DocumentWriter begin(int action, String channel) {
        return begin(action).member("channel", channel);
    }

    private void ack(Outgoing.Ack ack) {
        begin(Action.ACK)
                .member("msgSerial", ack.msgSerial())
                .member("count", ack.serials().size());
        out.member("res").beginArray();
        for (var serials : ack.serials()) {
            out.beginObject().member("serials").beginArray();
            serials.forEach(out::text);
            out.endArray().endObject();
        }
        out.endArray();
    }

    private void details(Outgoing.ConnectionDetails details) {
        out.member("connectionDetails")
                .beginObject()
                .member("connectionKey", details.connectionKey());
        values.text("clientId", details.clientId());
        out.member("maxMessageSize", details.maxMessageSize())
                .member("maxFrameSize", details.maxFrameSize())
                .member("connectionStateTtl", details.stateTtl())
                .member("maxIdleInterval", details.maxIdle())
                .member("serverId", details.serverId())
                .endObject();
    }

    private void attached(Outgoing.Attached attached) {
        begin(Action.ATTACHED, attached.channel())
                .member("channelSerial", attached.channelSerial())
                .member("flags", attached.flags());
        params(attached.params());
        error(attached.error());
    }

    private void params(Map<String, String> params) {
        if (!params.isEmpty()) {
            out.member("params").beginObject();
            params.forEach(out::member);
            out.endObject();
        }
    }

    private void messages(Outgoing.Messages messages) {
        begin(Action.MESSAGE, messages.channel());
        values.text("channelSerial", messages.channelSerial());
        out.member("messages").beginArray();
        messages.messages().forEach(values::message);
        out.endArray();
    }

    private void presence(Outgoing.Presence presence) {
        begin(Action.PRESENCE, presence.channel());
        values.text("channelSerial", presence.channelSerial());
        members(presence.members());
    }

    private void sync(Outgoing.Sync sync) {
        begin(Action.SYNC, sync.channel())
                .member("channelSerial", sync.sequence() + ":" + sync.cursor());
        members(sync.members());
    }

    private void members(List<WirePresence> members) {
        out.member("presence").beginArray();
        members.forEach(values::member);
        out.endArray();
    }

    private void error(@Nullable ErrorInfo error) {
        if (error != null) {
            out.member("error");
            values.error(error);
        }
    }
}
