package dev.fanfare.server.publish;

import dev.fanfare.core.channel.Channels;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.server.http.Problem;
import dev.fanfare.server.publish.PublishBody.Entry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what backends say on a topic of Redis: the bodies of {@code POST /internal/publish},
 * with the same checks. Nobody can be answered, so what is refused is logged and counted.
 *
 * <p>Every node hears every message. Where nodes share an engine, it delivers equal ids once; a
 * message without an id would be delivered by each of them, and is refused.
 */
public final class PubSubListener {
    private static final Logger LOG = LoggerFactory.getLogger(PubSubListener.class);

    /** Hears what becomes of messages, beside what is told of publications. */
    public interface Observer extends PublishEndpoint.Observer {
        void heard();
    }

    private final Publications publications;
    private final PublishLimits limits;
    private final boolean needsIds;
    private final Observer observer;

    /**
     * @param needsIds other nodes share the engine
     */
    public PubSubListener(
            Channels channels, PublishLimits limits, boolean needsIds, Observer observer) {
        publications = new Publications(channels, observer);
        this.limits = limits;
        this.needsIds = needsIds;
        this.observer = observer;
    }

    /** Never blocks. Messages of one thread are published in their order. */
    public void onMessage(byte[] message) {
        observer.heard();
        if (message.length > limits.body()) {
            refuse(Problem.bodyTooLarge(message.length + " bytes", limits.body()));
            return;
        }
        switch (PublishBody.parse(message, limits)) {
            case PublishBody.One(var entry) -> publish(entry);
            case PublishBody.Many(var entries) -> entries.forEach(this::publish);
            case PublishBody.Rejected(var refusal) -> refuse(Problem.of(refusal));
        }
    }

    private void publish(Entry entry) {
        var _ =
                publications
                        .publish(needsIds ? withId(entry) : entry, null)
                        .whenComplete(
                                (answer, failure) -> {
                                    if (failure != null) {
                                        refuse(unavailable(failure));
                                    } else if (answer
                                            instanceof PublishAnswer.Refused(var problem)) {
                                        log(problem);
                                    }
                                });
    }

    private static Entry withId(Entry entry) {
        return entry instanceof Entry.Wanted(var draft) && draft.id() == null
                ? new Entry.Refused(
                        new Refusal(
                                ErrorCode.BAD_REQUEST,
                                "id",
                                "nothing",
                                "an id, because every node hears this message"))
                : entry;
    }

    private static Problem unavailable(Throwable failure) {
        return Problem.unavailable("broker", String.valueOf(failure.getMessage()), "an answer");
    }

    private void refuse(Problem problem) {
        observer.refused(problem.code());
        log(problem);
    }

    private static void log(Problem problem) {
        LOG.warn("A message on Redis is refused: {}: {}", problem.code(), problem.detail());
    }
}
