package dev.fanfare.protocols.centrifuge;

import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.model.TagsFilter;
import dev.fanfare.core.protocol.Command;
import dev.fanfare.core.protocol.Command.Subscribe.Options;
import dev.fanfare.protocols.centrifuge.Incoming.SubscribeRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads how a client wants a channel. Made for one. */
final class SubscribeReader {
    private static final long OR_FAIL = 2;

    /** The one kind of subscription that there is. */
    private static final long STREAM = 0;

    private static final String DELTA = "fossil";

    private String channel;
    private String token = "";
    private boolean recover;
    private String epoch = "";
    private long offset;
    private boolean positioned;
    private boolean recoverable;
    private boolean joinLeave;
    private boolean delta;
    private TagsFilter filter = TagsFilter.EVERYTHING;
    private @Nullable Refusal fault;
    private long flags;
    private long type = STREAM;

    private SubscribeReader(String channel) {
        this.channel = channel;
    }

    /** The command that is a message of its own. */
    static Command command(MessageReader in) throws IOException {
        var reader = new SubscribeReader("");
        reader.readFields(in);
        var fault = reader.fault;
        var command = fault == null ? reader.command() : new Command.Unreadable(fault);
        return CommandReader.named(command, reader.channel);
    }

    /** A proposal that comes with another command, which names the channel outside of it. */
    static Command.Subscribe proposal(String channel, MessageReader in) throws IOException {
        var reader = new SubscribeReader(channel);
        reader.readFields(in);
        reader.channel = channel;
        if (reader.fault != null) {
            throw new IOException(reader.fault.message());
        }
        return reader.command();
    }

    private void readFields(MessageReader in) throws IOException {
        SubscribeRequest field;
        while ((field = in.next(SubscribeRequest.FIELDS)) != null) {
            switch (field) {
                case CHANNEL -> channel = in.text();
                case TOKEN -> token = in.text();
                case RECOVER -> recover = in.flag();
                case EPOCH -> epoch = in.text();
                case OFFSET -> offset = in.number();
                case POSITIONED -> positioned = in.flag();
                case RECOVERABLE -> recoverable = in.flag();
                case JOIN_LEAVE -> joinLeave = in.flag();
                case DELTA -> delta = in.text().equals(DELTA);
                case TF -> filter = filter(in);
                case FLAG -> flags = in.number();
                case TYPE -> type = in.number();
            }
        }
        if (fault == null && type != STREAM) {
            fault = new Refusal(ErrorCode.PERMISSION_DENIED, "type", "" + type, "" + STREAM);
        }
    }

    private TagsFilter filter(MessageReader in) throws IOException {
        var reader = new FilterReader();
        var read = in.message(reader::read);
        fault = reader.fault();
        return read;
    }

    private Command.Subscribe command() throws IOException {
        var options =
                new Options(
                        token,
                        positioned,
                        recoverable || recover,
                        joinLeave,
                        (flags & OR_FAIL) != 0,
                        filter,
                        delta);
        var since = recover ? CommandReader.position(epoch, offset) : null;
        return new Command.Subscribe(channel, since, options);
    }
}
