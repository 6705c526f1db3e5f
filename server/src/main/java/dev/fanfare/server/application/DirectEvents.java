package dev.fanfare.server.application;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fanfare.apps.event.Events;
import dev.fanfare.client.Message;
import dev.fanfare.core.channel.Channels;
import dev.fanfare.core.channel.PublishOutcome;
import dev.fanfare.server.publish.PublishBody;
import dev.fanfare.server.publish.PublishLimits;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events of applications in this process: checked as those that come over HTTP. */
public final class DirectEvents implements Events {
    private static final Logger LOG = LoggerFactory.getLogger(DirectEvents.class);
    private static final JsonMapper JSON = new JsonMapper();

    private final Channels channels;
    private final PublishLimits limits;

    public DirectEvents(Channels channels, PublishLimits limits) {
        this.channels = channels;
        this.limits = limits;
    }

    @Override
    public void emit(Handle transaction, String channel, Message message) {
        var body =
                json(
                        Map.of(
                                "id",
                                UUID.randomUUID().toString(),
                                "channel",
                                channel,
                                "payload",
                                message.members()));
        transaction.afterCommit(() -> publish(channel, body));
    }

    private static String json(Map<String, ?> members) {
        try {
            return JSON.writeValueAsString(members);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void publish(String channel, String body) {
        switch (PublishBody.parse(body.getBytes(UTF_8), limits)) {
            case PublishBody.One(PublishBody.Entry.Wanted(var draft)) ->
                    channels.publish(draft)
                            .whenComplete(
                                    (outcome, failure) -> {
                                        if (failure != null) {
                                            LOG.error("event on {} failed", channel, failure);
                                        } else if (outcome
                                                instanceof PublishOutcome.Refused(var refusal)) {
                                            LOG.error(
                                                    "event on {} refused: {}",
                                                    channel,
                                                    refusal.message());
                                        }
                                    });
            case PublishBody other -> LOG.error("event on {} refused: {}", channel, other);
        }
    }
}
