package dev.fanfare.ably.realtime;

import dev.fanfare.ably.access.Denied;
import dev.fanfare.ably.channel.Refusals;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.protocols.ably.ChannelName;
import dev.fanfare.protocols.ably.ErrorInfo;
import dev.fanfare.protocols.ably.Flag;
import dev.fanfare.protocols.ably.Incoming;
import dev.fanfare.protocols.ably.Outgoing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Carries out what a connection is to do on channels. Lives on the connection's event loop. */
final class AttachedChannels implements Attachments {
    /** Whoever sends on and on without waiting for answers is cut off. */
    static final int MOST_UNANSWERED = 10_000;

    private static final int TOO_FAST = 42910;
    private static final int TOO_MANY_CHANNELS = 90021;
    private static final int NOT_ALLOWED = 40160;
    private static final int NOT_ASKED_FOR = 40165;

    private final Line line;
    private final Map<String, Attachment> byName = new HashMap<>();
    private final Acknowledgements acknowledgements;
    private final Publishing publishing;
    private final Members members;
    private final Farewells farewells = new Farewells();
    private long syncs;

    AttachedChannels(Line line) {
        this.line = line;
        acknowledgements = new Acknowledgements(line);
        publishing = new Publishing(line, this, acknowledgements);
        members = new Members(line, this, acknowledgements);
    }

    @Override
    public void take(Incoming word) {
        if (acknowledgements.size() >= MOST_UNANSWERED) {
            line.fail(
                    new ErrorInfo(
                            TOO_FAST,
                            429,
                            "messages: more (expected: at most %d unanswered)"
                                    .formatted(MOST_UNANSWERED)));
            return;
        }
        switch (word) {
            case Incoming.Attach attach -> attach(attach);
            case Incoming.Detach(var channel) -> detach(channel);
            case Incoming.Publish publish -> publishing.take(publish);
            case Incoming.Presence presence -> members.take(presence);
            case Incoming.Sync(var channel) -> sync(channel);
            case Incoming.Refused refused -> refuse(refused);
            case Incoming.Heartbeat _, Incoming.Auth _, Incoming.Close _, Incoming.Disconnect _ ->
                    throw new IllegalArgumentException(
                            "word: " + word + " (expected: of channels)");
        }
    }

    private void attach(Incoming.Attach attach) {
        farewells.forget(attach.channel());
        try {
            var name = Names.ordinary(attach.channel());
            var request = AttachRequest.of(attach, name, line.app().limits().rewind());
            long allowed = Modes.allowed(line.access(), name.name());
            if ((request.modes() & allowed) == 0) {
                throw new Denied(notAllowed(name.written()));
            }
            var attachment = byName.get(name.written());
            if (attachment == null) {
                begin(request, allowed);
            } else {
                attachment.attachAgain(request, allowed);
            }
        } catch (Denied denied) {
            fail(attach.channel(), denied.error());
        }
    }

    private void begin(AttachRequest request, long allowed) throws Denied {
        var app = line.app();
        var name = request.name();
        var channel = app.channels().find(name.name());
        if (channel == null) {
            throw new Denied(Refusals.info(app.channels().unknown(name.name())));
        }
        if (byName.size() >= app.limits().channels()) {
            throw new Denied(tooMany(app.limits().channels()));
        }
        var attachment = new Attachment(line, this, channel, request, allowed);
        byName.put(name.written(), attachment);
        attachment.begin(request.start());
    }

    /** The client has to do something about it before it can be there. */
    private void fail(String written, ErrorInfo why) {
        leave(written);
        line.send(new Outgoing.Failed(written, why));
    }

    private void detach(String written) {
        if (ChannelName.parse(written) == null) {
            fail(written, ChannelName.invalid(written));
            return;
        }
        boolean told = farewells.has(written);
        if (byName.containsKey(written)) {
            farewells.add(written);
        }
        leave(written);
        if (!told) {
            line.send(new Outgoing.Detached(written, null));
        }
    }

    /** The client may come back to the channel at once, and will. */
    void detach(Attachment attachment, ErrorInfo why) {
        remove(attachment);
        farewells.add(attachment.written());
        line.send(new Outgoing.Detached(attachment.written(), why));
    }

    /** With its members. */
    private void leave(String written) {
        var attachment = byName.get(written);
        if (attachment != null) {
            remove(attachment);
        }
        var name = ChannelName.parse(written);
        if (name != null) {
            members.leave(new Channel(name.name()));
        }
    }

    private void remove(Attachment attachment) {
        byName.remove(attachment.written());
        attachment.end();
        line.shard().remove(attachment.channel().channel(), attachment);
    }

    private void sync(String written) {
        var attachment = byName.get(written);
        if (attachment != null) {
            attachment.sync();
        }
    }

    /** Tells who is there. */
    void sync(String written, Map<String, ClientInfo> present) {
        var sequence = String.valueOf(++syncs);
        MemberSync.parts(written, sequence, present.values(), line.now()).forEach(line::send);
    }

    private void refuse(Incoming.Refused refused) {
        if (refused.msgSerial() >= 0) {
            acknowledgements.expect(refused.msgSerial()).refuse(refused.why());
        }
    }

    /**
     * Refuses what the capability allows where the client has attached for something else.
     *
     * @param mode see {@link Flag}
     */
    void checkMode(ChannelName name, long mode) throws Denied {
        var attachment = byName.get(name.written());
        if (attachment != null && !attachment.may(mode)) {
            throw new Denied(
                    new ErrorInfo(
                            NOT_ASKED_FOR,
                            401,
                            "channel: %s (expected: attached with another mode)"
                                    .formatted(name.written())));
        }
    }

    @Override
    public void transportLost() {
        acknowledgements.forget();
        farewells.forget();
        List.copyOf(byName.values()).forEach(this::remove);
        members.transportLost();
    }

    @Override
    public void transportBack() {
        members.transportBack();
    }

    @Override
    public void accessChanged() {
        for (var attachment : List.copyOf(byName.values())) {
            var name = attachment.channel().channel().name();
            attachment.allow(Modes.allowed(line.access(), name));
            if (attachment.modes() == 0) {
                fail(attachment.written(), notAllowed(attachment.written()));
            }
        }
        members.accessChanged();
    }

    @Override
    public void sweep(long now) {
        List.copyOf(byName.values()).forEach(Attachment::retry);
        members.sweep(now);
    }

    @Override
    public void end() {
        acknowledgements.forget();
        List.copyOf(byName.values()).forEach(this::remove);
        members.end();
    }

    private static ErrorInfo notAllowed(String written) {
        return ErrorInfo.of(
                NOT_ALLOWED,
                "channel: %s (expected: one that the capability allows this on)"
                        .formatted(written));
    }

    private static ErrorInfo tooMany(int most) {
        return new ErrorInfo(
                TOO_MANY_CHANNELS, 429, "channels: more (expected: at most " + most + ")");
    }
}
