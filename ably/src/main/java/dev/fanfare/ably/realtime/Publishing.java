package dev.fanfare.ably.realtime;

import dev.fanfare.ably.access.Denied;
import dev.fanfare.ably.access.Operation;
import dev.fanfare.ably.channel.Author;
import dev.fanfare.ably.channel.Refusals;
import dev.fanfare.ably.channel.Submission;
import dev.fanfare.protocols.ably.ErrorInfo;
import dev.fanfare.protocols.ably.Flag;
import dev.fanfare.protocols.ably.Incoming;

/**
 * Publishes what one client sends, on channels it is attached to and on others. What it sends again
 * after it has come back is the same, and answered as it was. Lives on the connection's event loop.
 */
final class Publishing {
    private static final String FORCE_NACK = "_forceNack";
    private static final int FORCED = 40099;

    private final Line line;
    private final AttachedChannels attachments;
    private final Acknowledgements acknowledgements;

    Publishing(Line line, AttachedChannels attachments, Acknowledgements acknowledgements) {
        this.line = line;
        this.attachments = attachments;
        this.acknowledgements = acknowledgements;
    }

    void take(Incoming.Publish publish) {
        var answer = acknowledgements.expect(publish.msgSerial());
        try {
            line.then(
                    submission(publish).publish(),
                    (serials, failure) -> {
                        if (serials != null) {
                            answer.acknowledge(serials);
                        } else {
                            answer.refuse(Refusals.info(failure));
                        }
                    });
        } catch (Denied denied) {
            answer.refuse(denied.error());
        }
    }

    private Submission submission(Incoming.Publish publish) throws Denied {
        var app = line.app();
        var name = Names.ordinary(publish.channel());
        var author = new Author(line.access(), line.connectionId());
        var channel = author.channel(app.channels(), Operation.PUBLISH, name.name());
        attachments.checkMode(name, Flag.PUBLISH);
        if ("true".equals(publish.params().get(FORCE_NACK))) {
            throw new Denied(ErrorInfo.of(FORCED, FORCE_NACK + ": as asked for"));
        }
        return Submission.of(
                app.channels(),
                channel,
                author,
                base(publish),
                publish.messages(),
                app.limits().messageSize());
    }

    private String base(Incoming.Publish publish) {
        return publish.id() == null
                ? line.connectionId() + ':' + publish.msgSerial()
                : publish.id();
    }
}
