package dev.fanfare.server.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.channel.PublishOutcome;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.model.StreamPosition;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishAnswerTest {
    private static final PublishAnswer ACCEPTED = accepted(new StreamPosition("e1", 3));
    private static final PublishAnswer REFUSED =
            PublishAnswer.of(
                    new PublishOutcome.Refused(
                            new Refusal(
                                    ErrorCode.UNKNOWN_CHANNEL,
                                    "channel",
                                    "post:0",
                                    "a channel of the catalogue")));

    @Test
    void anAcceptedPublicationIsAnsweredWithItsPlace() {
        assertThat(ACCEPTED.status()).isEqualTo(200);
        assertThat(text(ACCEPTED.json()))
                .isEqualTo("{\"channel\":\"post:1\",\"id\":\"m1\",\"epoch\":\"e1\",\"offset\":3}");
    }

    @Test
    void withoutHistoryThereIsNoPlace() {
        assertThat(text(accepted(StreamPosition.NONE).json()))
                .isEqualTo("{\"channel\":\"post:1\",\"id\":\"m1\"}");
    }

    @Test
    void aRefusedPublicationIsAProblem() {
        assertThat(REFUSED.status()).isEqualTo(400);
        assertThat(text(REFUSED.json()))
                .startsWith("{\"type\":\"urn:fanfare:problem:unknown-channel\"");
    }

    @Test
    void anArrayIsAnsweredOneByOne() {
        assertThat(text(PublishAnswer.json(List.of(ACCEPTED, REFUSED, ACCEPTED))))
                .isEqualTo(
                        "["
                                + text(ACCEPTED.json())
                                + ","
                                + text(REFUSED.json())
                                + ","
                                + text(ACCEPTED.json())
                                + "]");
        assertThat(text(PublishAnswer.json(List.of()))).isEqualTo("[]");
    }

    private static PublishAnswer accepted(StreamPosition position) {
        return PublishAnswer.of(
                new PublishOutcome.Accepted(new Channel("post:1"), "m1", position, false));
    }

    private static String text(byte[] json) {
        return new String(json, UTF_8);
    }
}
