package dev.fanfare.core.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Payload;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What nodes say to each other, and how it is said as a message of a broker. */
sealed interface Letter {
    /** The tag of an answer: the id of the message with the question. */
    String ANSWERS = "answers";

    /** The tag of an answer that is none: why. */
    String FAILED = "failed";

    /** The topic of a last word. */
    String LEAVE = "leave";

    /**
     * @param id of the message
     * @param asker null: nobody waits for an answer
     */
    record Asked(String id, String topic, Payload body, @Nullable NodeName asker)
            implements Letter {}

    /**
     * @param question its id
     */
    record Answered(String question, NodeName by, Payload body) implements Letter {}

    /**
     * @param question its id
     */
    record Failed(String question, NodeName by, String why) implements Letter {}

    record Left(String node) implements Letter {}

    static Letter read(Message message) {
        var topic = message.event();
        var from = message.publisher();
        if (topic == null) {
            return answer(message.tags(), NodeName.of(requireNonNull(from)), message.payload());
        }
        return topic.equals(LEAVE)
                ? new Left(new String(message.payload().bytes(), UTF_8))
                : new Asked(
                        message.id(),
                        topic,
                        message.payload(),
                        from == null ? null : NodeName.of(from));
    }

    private static Letter answer(Map<String, String> tags, NodeName by, Payload body) {
        var question = requireNonNull(tags.get(ANSWERS));
        var why = tags.get(FAILED);
        return why == null ? new Answered(question, by, body) : new Failed(question, by, why);
    }

    /**
     * @param id of the message, unless it has one
     */
    default Message write(String id) {
        return switch (this) {
            case Asked(var given, var topic, var body, var asker) ->
                    message(given, topic, body, asker, Map.of());
            case Answered(var question, var by, var body) ->
                    message(id, null, body, by, Map.of(ANSWERS, question));
            case Failed(var question, var by, var why) ->
                    message(id, null, Payload.NONE, by, Map.of(ANSWERS, question, FAILED, why));
            case Left(var node) ->
                    message(
                            id,
                            LEAVE,
                            Payload.of(node.getBytes(UTF_8), Payload.Format.TEXT),
                            null,
                            Map.of());
        };
    }

    private static Message message(
            String id,
            @Nullable String topic,
            Payload body,
            @Nullable NodeName from,
            Map<String, String> tags) {
        ClientInfo publisher = from == null ? null : from.member();
        return new Message(id, topic, body, publisher, Audience.EVERYONE, tags, false);
    }
}
