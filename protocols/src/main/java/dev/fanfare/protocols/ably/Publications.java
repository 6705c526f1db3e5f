package dev.fanfare.protocols.ably;

import dev.fanfare.core.model.Attributes;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.protocols.ably.WireMessage.Sender;
import dev.fanfare.protocols.json.JsonReader;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Publications as messages, and what messages carry as payloads. */
public final class Publications {
    private Publications() {}

    /**
     * Publications of one channel, in order, as they are told.
     *
     * @param channel as the client calls it
     */
    public static Outgoing.Messages told(String channel, List<Publication> publications) {
        var last =
                publications.stream()
                        .map(Publication::position)
                        .filter(StreamPosition::isKnown)
                        .reduce((_, next) -> next);
        return new Outgoing.Messages(
                channel,
                last.map(Serials::ofChannel).orElse(null),
                publications.stream().map(Publications::message).toList());
    }

    /** The message, whoever published it by whichever protocol. */
    public static WireMessage message(Publication publication) {
        var message = publication.message();
        var payload = message.payload();
        var extras = payload.attributes().extras();
        return new WireMessage(
                message.id(),
                message.event(),
                data(payload),
                sender(message.publisher()),
                publication.time(),
                extras.isEmpty() ? null : extras,
                publication.position().isKnown()
                        ? Serials.ofMessage(publication.position())
                        : null);
    }

    /** What a message carries, with its name told beside it. */
    public static Payload payload(WireMessage message) {
        var data = message.data();
        var extras = message.extras() == null ? "" : message.extras();
        return switch (data.form()) {
            case NONE -> Payload.NONE.with(new Attributes(true, data.encoding(), extras));
            case TEXT -> text(data, extras);
            case BINARY -> binary(data, extras);
        };
    }

    private static Payload text(Data data, String extras) {
        boolean json = data.encoding().equals(Data.JSON) && isJson(data.bytes());
        return json
                ? Payload.of(data.bytes(), Payload.Format.JSON)
                        .with(new Attributes(true, "", extras))
                : Payload.of(data.bytes(), Payload.Format.TEXT)
                        .with(new Attributes(true, data.encoding(), extras));
    }

    /** No bytes are the base64 of an empty text: a payload without any carries nothing. */
    private static Payload binary(Data data, String extras) {
        boolean empty = data.bytes().length == 0;
        var encoding = empty ? MessageReader.stack(data.encoding(), "base64") : data.encoding();
        return Payload.of(data.bytes(), empty ? Payload.Format.TEXT : Payload.Format.BINARY)
                .with(new Attributes(true, encoding, extras));
    }

    private static boolean isJson(byte[] text) {
        try (var reader = JsonReader.open(text)) {
            reader.skip();
            reader.end();
            return true;
        } catch (IOException noJson) {
            return false;
        }
    }

    private static Data data(Payload payload) {
        var encoding = payload.attributes().encoding();
        return switch (payload.format()) {
            case JSON -> Data.json(payload.bytes());
            case TEXT -> new Data(Data.Form.TEXT, payload.bytes(), encoding);
            case BINARY ->
                    new Data(
                            payload.isEmpty() ? Data.Form.NONE : Data.Form.BINARY,
                            payload.bytes(),
                            encoding);
        };
    }

    private static Sender sender(@Nullable ClientInfo publisher) {
        return publisher == null
                ? Sender.NOBODY
                : new Sender(known(publisher.user()), known(publisher.client()), null);
    }

    private static @Nullable String known(String id) {
        return id.isEmpty() ? null : id;
    }
}
