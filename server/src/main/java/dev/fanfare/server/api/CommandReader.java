package dev.fanfare.server.api;

import dev.fanfare.protocols.json.JsonReader;
import dev.fanfare.server.cluster.Glob;
import java.io.IOException;
import java.util.function.Function;

/**
 * Reads the parameters of a call. Members that nobody knows are passed over: programs written for
 * Centrifugo may send more than we know. A {@code null} is no member, but for {@code data}.
 */
record CommandReader(ApiLimits limits) {

    /**
     * Reads the value here to its end.
     *
     * @throws IOException when the document is malformed
     */
    ApiCommand read(ApiMethod method, JsonReader reader) throws IOException {
        var command = reader.isObject() ? readObject(method, reader) : noObject(method, reader);
        var fault = reader.takeFault();
        return fault == null ? command : new ApiCommand.Refused(ApiError.of(fault));
    }

    private static ApiCommand noObject(ApiMethod method, JsonReader reader) throws IOException {
        reader.refuse(method.word(), "an object");
        return new ApiCommand.Refused(ApiError.BAD_REQUEST);
    }

    private ApiCommand readObject(ApiMethod method, JsonReader reader) throws IOException {
        return switch (method) {
            case PUBLISH -> new PublicationReader(limits).readPublish(reader);
            case BROADCAST -> new PublicationReader(limits).readBroadcast(reader);
            case PRESENCE -> readChannel(reader, ApiCommand.Presence::new);
            case PRESENCE_STATS -> readChannel(reader, ApiCommand.PresenceStats::new);
            case HISTORY -> new HistoryReader().read(reader);
            case HISTORY_REMOVE -> readChannel(reader, ApiCommand.HistoryRemove::new);
            case CHANNELS -> readPattern(reader);
            case INFO -> readNothing(reader);
            case SUBSCRIBE -> new SubscribeReader().read(reader);
            case UNSUBSCRIBE -> new UnsubscribeReader().read(reader);
            case REFRESH -> new RefreshReader().read(reader);
            case DISCONNECT -> new DisconnectReader().read(reader);
            case RPC -> readCall(reader);
        };
    }

    private static ApiCommand readChannel(JsonReader reader, Function<String, ApiCommand> command)
            throws IOException {
        var channel = readString("channel", reader);
        return channel.isEmpty()
                ? new ApiCommand.Refused(ApiError.BAD_REQUEST)
                : command.apply(channel);
    }

    /** Without a pattern it is all of them. */
    private static ApiCommand readPattern(JsonReader reader) throws IOException {
        var pattern = readString("pattern", reader);
        try {
            return new ApiCommand.Channels(Glob.of(pattern.isEmpty() ? "*" : pattern));
        } catch (IllegalArgumentException incomplete) {
            return new ApiCommand.Refused(
                    ApiError.badRequest(
                            "pattern", pattern, String.valueOf(incomplete.getMessage())));
        }
    }

    private static ApiCommand readNothing(JsonReader reader) throws IOException {
        while (reader.nextMember()) {
            reader.skip();
        }
        return new ApiCommand.Nodes();
    }

    /** There are no methods of applications here. */
    private static ApiCommand readCall(JsonReader reader) throws IOException {
        var method = readString("method", reader);
        return new ApiCommand.Refused(
                method.isEmpty() ? ApiError.BAD_REQUEST : ApiError.METHOD_NOT_FOUND);
    }

    /** The one member that matters; empty where it is missing. */
    private static String readString(String name, JsonReader reader) throws IOException {
        var text = "";
        while (reader.nextMember()) {
            if (reader.member().equals(name) && !reader.isNull()) {
                text = reader.text(name);
            } else {
                reader.skip();
            }
        }
        return text;
    }
}
