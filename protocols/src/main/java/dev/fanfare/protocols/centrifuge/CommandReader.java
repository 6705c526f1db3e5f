package dev.fanfare.protocols.centrifuge;

import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.Command;
import dev.fanfare.core.protocol.Request;
import dev.fanfare.protocols.centrifuge.Incoming.ChannelRequest;
import dev.fanfare.protocols.centrifuge.Incoming.ConnectRequest;
import dev.fanfare.protocols.centrifuge.Incoming.HistoryRequest;
import dev.fanfare.protocols.centrifuge.Incoming.PublishRequest;
import dev.fanfare.protocols.centrifuge.Incoming.StreamPositionField;
import dev.fanfare.protocols.centrifuge.Incoming.SubRefreshRequest;
import dev.fanfare.protocols.centrifuge.Incoming.TokenRequest;
import dev.fanfare.protocols.json.TypedPayload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads commands, in whichever encoding. The tag of a request is its id in decimal. */
final class CommandReader {
    private static final TypedPayload NO_DATA = new TypedPayload(Payload.NONE, null);
    private static final Fields<ChannelRequest> NOTHING = new Fields<>(new ChannelRequest[0]);

    private CommandReader() {}

    static Request read(MessageReader in) throws IOException {
        long id = 0;
        Command command = null;
        Incoming.Command field;
        while ((field = in.next(Incoming.Command.FIELDS)) != null) {
            switch (field) {
                case ID -> id = in.number();
                case CONNECT -> command = in.message(CommandReader::connect);
                case SUBSCRIBE -> command = in.message(SubscribeReader::command);
                case UNSUBSCRIBE -> command = onChannel(in, Command.Unsubscribe::new);
                case PUBLISH -> command = in.message(CommandReader::publish);
                case PRESENCE -> command = onChannel(in, Command.Presence::new);
                case PRESENCE_STATS -> command = onChannel(in, Command.PresenceStats::new);
                case HISTORY -> command = in.message(CommandReader::history);
                case PING -> command = in.message(reader -> passOver(reader, unavailable("ping")));
                case SEND -> command = in.message(reader -> passOver(reader, new Command.Send()));
                case RPC -> command = in.message(reader -> passOver(reader, new Command.Rpc()));
                case REFRESH -> command = in.message(CommandReader::refresh);
                case SUB_REFRESH -> command = in.message(CommandReader::subRefresh);
            }
        }
        return request(id, command);
    }

    private static Request request(long id, @Nullable Command command) throws IOException {
        if (id == 0 && command == null) {
            return new Request(null, new Command.Pong());
        }
        if (command instanceof Command.Send) {
            return new Request(null, command);
        }
        if (id <= 0 || command == null) {
            throw new IOException("command: id " + id + " (expected: an id and a known method)");
        }
        return new Request(Long.toString(id), command);
    }

    static Command connect(MessageReader in) throws IOException {
        var token = "";
        var channels = new ArrayList<Command.Subscribe>();
        ConnectRequest field;
        while ((field = in.next(ConnectRequest.FIELDS)) != null) {
            switch (field) {
                case TOKEN -> token = in.text();
                case SUBS ->
                        in.entries(
                                (name, reader) ->
                                        channels.add(SubscribeReader.proposal(name, reader)));
            }
        }
        return new Command.Connect(token, channels);
    }

    private static Command refresh(MessageReader in) throws IOException {
        var token = "";
        while (in.next(TokenRequest.FIELDS) != null) {
            token = in.text();
        }
        return new Command.Refresh(token);
    }

    private static Command subRefresh(MessageReader in) throws IOException {
        var channel = "";
        var token = "";
        SubRefreshRequest field;
        while ((field = in.next(SubRefreshRequest.FIELDS)) != null) {
            switch (field) {
                case CHANNEL -> channel = in.text();
                case TOKEN -> token = in.text();
            }
        }
        return named(new Command.SubRefresh(channel, token), channel);
    }

    /** Whether nothing can be published as well, the channel's rules say. */
    private static Command publish(MessageReader in) throws IOException {
        var channel = "";
        var data = NO_DATA;
        PublishRequest field;
        while ((field = in.next(PublishRequest.FIELDS)) != null) {
            switch (field) {
                case CHANNEL -> channel = in.text();
                case DATA -> data = in.payload();
            }
        }
        return named(new Command.Publish(channel, data.type(), data.payload()), channel);
    }

    private static Command history(MessageReader in) throws IOException {
        var channel = "";
        long limit = 0;
        StreamPosition since = null;
        boolean reverse = false;
        HistoryRequest field;
        while ((field = in.next(HistoryRequest.FIELDS)) != null) {
            switch (field) {
                case CHANNEL -> channel = in.text();
                case LIMIT -> limit = (int) in.number();
                case SINCE -> since = in.message(CommandReader::since);
                case REVERSE -> reverse = in.flag();
            }
        }
        if (reverse && since != null && since.offset() == 0) {
            return wrong("since.offset", "0", "more than 0 when reversed");
        }
        int most = limit < 0 ? Integer.MAX_VALUE : Math.clamp(limit, 0, Integer.MAX_VALUE);
        return named(new Command.History(channel, new HistoryQuery(since, most, reverse)), channel);
    }

    private static StreamPosition since(MessageReader in) throws IOException {
        long offset = 0;
        var epoch = "";
        StreamPositionField field;
        while ((field = in.next(StreamPositionField.FIELDS)) != null) {
            switch (field) {
                case OFFSET -> offset = in.number();
                case EPOCH -> epoch = in.text();
            }
        }
        return position(epoch, offset);
    }

    static StreamPosition position(String epoch, long offset) throws IOException {
        if (offset < 0) {
            throw new IOException("offset: " + offset + " (expected: 0 or more)");
        }
        return new StreamPosition(epoch, offset);
    }

    private static Command onChannel(MessageReader in, Function<String, Command> command)
            throws IOException {
        return in.message(
                reader -> {
                    var channel = "";
                    while (reader.next(ChannelRequest.FIELDS) != null) {
                        channel = reader.text();
                    }
                    return named(command.apply(channel), channel);
                });
    }

    /** The command, if its channel has a name that can be one. */
    static Command named(Command command, String channel) throws IOException {
        if (channel.isEmpty()) {
            throw new IOException("channel: nothing (expected: a channel's name)");
        }
        return command;
    }

    private static Command passOver(MessageReader in, Command command) throws IOException {
        in.next(NOTHING);
        return command;
    }

    private static Command unavailable(String method) {
        return new Command.Unreadable(
                new Refusal(ErrorCode.NOT_AVAILABLE, "method", method, "another one"));
    }

    private static Command wrong(String field, String got, String expected) {
        return new Command.Unreadable(new Refusal(ErrorCode.BAD_REQUEST, field, got, expected));
    }
}
