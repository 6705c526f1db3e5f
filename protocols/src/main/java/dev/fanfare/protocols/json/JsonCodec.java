package dev.fanfare.protocols.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.Codec;
import dev.fanfare.core.protocol.Command;
import dev.fanfare.core.protocol.Output;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.core.protocol.Recovery;
import dev.fanfare.core.protocol.Reply;
import dev.fanfare.core.protocol.Request;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The plain JSON protocol: a client sends {@code ping}, {@code subscribe}, {@code unsubscribe} and
 * {@code publish} objects, each perhaps with an {@code id} that the answer repeats as it was
 * written.
 *
 * <p>Publications come in one of these forms. A payload in text is the text itself when it is sent
 * alone, a JSON string inside JSON; a binary one is its base64 likewise. Answers have a {@code
 * type} and are the same in all forms. The id of a published message is its {@code message_id},
 * because {@code id} is the request's.
 */
public enum JsonCodec implements Codec {
    /** The payload alone, byte for byte, unless its event is told beside it ({@link NamedData}). */
    PLAIN(false, false),

    /**
     * {@code {"channel","id","epoch","offset","time","payload"}}: the payload with its
     * circumstances. Epoch and offset are left out where the channel keeps no history; the time is
     * in milliseconds since 1970.
     */
    ENVELOPE(true, false),

    /**
     * As {@link #PLAIN}, every message one line of JSON: a payload with line breaks comes without
     * white space.
     */
    PLAIN_LINES(false, true),

    /**
     * As {@link #ENVELOPE}, every message one line of JSON: a payload with line breaks comes
     * without white space.
     */
    ENVELOPE_LINES(true, true);

    private static final int ENVELOPE_SIZE = 160;
    private static final int ANSWER_SIZE = 128;

    private final boolean envelope;
    private final boolean lines;

    JsonCodec(boolean envelope, boolean lines) {
        this.envelope = envelope;
        this.lines = lines;
    }

    /** Never throws: what cannot be read is answered, and the connection goes on. */
    @Override
    public List<Request> decode(byte[] message, boolean binary) {
        if (binary) {
            var refusal =
                    new Refusal(
                            ErrorCode.BAD_REQUEST,
                            "message",
                            "a binary frame",
                            "a text frame with a JSON object");
            return List.of(new Request(null, new Command.Unreadable(refusal)));
        }
        return List.of(new CommandReader(envelope).read(message));
    }

    @Override
    public List<byte[]> encode(Output output) {
        return switch (output) {
            case Push.Published(var publication) -> List.of(publication(publication));
            case Push.Delta(var publication, _) -> List.of(publication(publication));
            case Push.Gap(var channel, var position) ->
                    List.of(finish(position(channel(start("gap", null), channel), position)));
            case Push.Message(var payload) -> List.of(lines ? value(payload) : alone(payload));
            case Push.Disconnected(var why) -> List.of(finish(disconnect(why)));
            case Push.Subscribed _,
                    Push.Member _,
                    Push.Refreshed _,
                    Push.Unsubscribed _,
                    Push.Ping _ ->
                    List.of();
            case Output.Answer(var tag, var reply) -> answer(tag, reply);
        };
    }

    @Override
    public boolean isBinary() {
        return false;
    }

    private byte[] publication(Publication publication) {
        var message = publication.message();
        if (envelope) {
            var writer = new JsonWriter(message.payload().size() + ENVELOPE_SIZE);
            writeEnvelope(writer, publication);
            return writer.toBytes();
        }
        var payload = NamedData.payload(message);
        return lines ? value(payload) : alone(payload);
    }

    private void writeEnvelope(JsonWriter writer, Publication publication) {
        var message = publication.message();
        channel(writer.beginObject(), publication.channel()).member("id", message.id());
        position(writer, publication.position()).member("time", publication.time());
        writer.member("payload").raw(value(NamedData.payload(message))).endObject();
    }

    private static byte[] alone(Payload payload) {
        return switch (payload.format()) {
            case JSON, TEXT -> payload.bytes();
            case BINARY -> Base64.getEncoder().encode(payload.bytes());
        };
    }

    /** The payload as one JSON value. */
    private byte[] value(Payload payload) {
        return switch (payload.format()) {
            case JSON -> lines ? OneLine.of(payload.bytes()) : payload.bytes();
            case TEXT, BINARY ->
                    new JsonWriter(payload.size() + 2).string(alone(payload)).toBytes();
        };
    }

    private static JsonWriter disconnect(Disconnect why) {
        return start("disconnect", null)
                .member("code", why.code())
                .member("reason", why.reason())
                .member("reconnect", why.reconnect());
    }

    /** The answer, and what a subscriber missed right behind it. */
    private List<byte[]> answer(@Nullable String tag, Reply reply) {
        var head = head(tag, reply);
        if (head == null) {
            return List.of();
        }
        if (!(reply instanceof Reply.Subscribed(_, _, _, var missed, _)) || missed.isEmpty()) {
            return List.of(finish(head));
        }
        return Stream.concat(Stream.of(finish(head)), missed.stream().map(this::publication))
                .toList();
    }

    /** Null for answers to what cannot be asked in this protocol. */
    private @Nullable JsonWriter head(@Nullable String tag, Reply reply) {
        return switch (reply) {
            case Reply.Connected _,
                    Reply.Refreshed _,
                    Reply.SubscriptionRefreshed _,
                    Reply.Stats _ ->
                    null;
            case Reply.Pong() -> start("pong", tag);
            case Reply.Subscribed subscribed -> subscribed(tag, subscribed);
            case Reply.Unsubscribed(var channel) ->
                    start("unsubscribed", tag).member("channel", channel);
            case Reply.Published(var channel, var id, var position) ->
                    position(
                            channel(start("published", tag), channel).member("message_id", id),
                            position);
            case Reply.Members members -> members(tag, members);
            case Reply.Past past -> past(tag, past);
            case Reply.Failed(var refusal) -> failed(tag, refusal);
        };
    }

    private static JsonWriter subscribed(@Nullable String tag, Reply.Subscribed subscribed) {
        var writer = channel(start("subscribed", tag), subscribed.channel());
        if (subscribed.recovery() != Recovery.NOT_ASKED) {
            writer.member("recovered", subscribed.recovery() == Recovery.RECOVERED);
        }
        return position(writer, subscribed.position());
    }

    private static JsonWriter members(@Nullable String tag, Reply.Members members) {
        var writer =
                channel(start("presence", tag), members.channel()).member("members").beginArray();
        for (var member : members.members().values()) {
            writer.beginObject().member("client", member.client());
            writer.member("user", member.user()).endObject();
        }
        return writer.endArray();
    }

    private JsonWriter past(@Nullable String tag, Reply.Past past) {
        var writer =
                channel(start("history", tag), past.channel()).member("publications").beginArray();
        for (var publication : past.history().publications()) {
            writeEnvelope(writer, publication);
        }
        return position(writer.endArray(), past.history().top());
    }

    private static JsonWriter failed(@Nullable String tag, Refusal refusal) {
        return start("error", tag)
                .member("code", refusal.code().word())
                .member("message", refusal.message())
                .member("field", refusal.field())
                .member("got", refusal.got())
                .member("expected", refusal.expected());
    }

    private static JsonWriter start(String type, @Nullable String tag) {
        var writer = new JsonWriter(ANSWER_SIZE).beginObject().member("type", type);
        return tag == null ? writer : writer.member("id").raw(tag.getBytes(UTF_8));
    }

    private static byte[] finish(JsonWriter writer) {
        return writer.endObject().toBytes();
    }

    private static JsonWriter channel(JsonWriter writer, Channel channel) {
        return writer.member("channel", channel.name());
    }

    private static JsonWriter position(JsonWriter writer, StreamPosition position) {
        if (!position.isKnown()) {
            return writer;
        }
        return writer.member("epoch", position.epoch()).member("offset", position.offset());
    }
}
