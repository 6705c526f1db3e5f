package dev.fanfare.server.publish;

import dev.fanfare.core.channel.PublishOutcome;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.protocols.json.JsonWriter;
import dev.fanfare.server.http.Problem;
import java.util.List;

/** What a backend is answered, for one publication. */
sealed interface PublishAnswer {
    int status();

    void write(JsonWriter writer);

    /**
     * {@code {"channel","id","epoch","offset"}}; epoch and offset where the channel keeps history.
     */
    record Accepted(String channel, String id, StreamPosition position) implements PublishAnswer {
        @Override
        public int status() {
            return 200;
        }

        @Override
        public void write(JsonWriter writer) {
            writer.beginObject().member("channel", channel).member("id", id);
            if (position.isKnown()) {
                writer.member("epoch", position.epoch()).member("offset", position.offset());
            }
            writer.endObject();
        }
    }

    record Refused(Problem problem) implements PublishAnswer {
        @Override
        public int status() {
            return problem.status();
        }

        @Override
        public void write(JsonWriter writer) {
            problem.write(writer);
        }
    }

    static PublishAnswer of(PublishOutcome outcome) {
        return switch (outcome) {
            case PublishOutcome.Accepted(var channel, var id, var position, _) ->
                    new Accepted(channel.name(), id, position);
            case PublishOutcome.Refused(var refusal) -> new Refused(Problem.of(refusal));
        };
    }

    default byte[] json() {
        var writer = new JsonWriter(128);
        write(writer);
        return writer.toBytes();
    }

    /** The answers to an array, in its order. */
    static byte[] json(List<? extends PublishAnswer> answers) {
        var writer = new JsonWriter(128 * (1 + answers.size())).beginArray();
        for (var answer : answers) {
            answer.write(writer);
        }
        return writer.endArray().toBytes();
    }
}
