package dev.fanfare.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.server.http.Problem.RefusedChannel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemTest {
    @Test
    void aRefusalTellsFieldWhatCameAndWhatWasExpected() {
        var refusal =
                new Refusal(
                        ErrorCode.UNKNOWN_EVENT,
                        "payload.type",
                        "gift.\"lost\"",
                        "one of gift.received");

        assertThat(text(Problem.of(refusal)))
                .isEqualTo(
                        """
                        {"type":"urn:fanfare:problem:unknown-event","title":"No such event","status":400,\
                        "detail":"payload.type: gift.\\"lost\\" (expected: one of gift.received)",\
                        "code":"unknown_event","field":"payload.type","got":"gift.\\"lost\\"",\
                        "expected":"one of gift.received"}\
                        """);
    }

    @ParameterizedTest
    @CsvSource({
        "BAD_REQUEST, 400",
        "UNKNOWN_CHANNEL, 400",
        "UNKNOWN_EVENT, 400",
        "EVENT_NOT_CARRIED, 400",
        "INVALID_PAYLOAD, 400",
        "PERMISSION_DENIED, 403",
        "PAYLOAD_TOO_LARGE, 413",
        "TOO_MANY_REQUESTS, 429",
        "INTERNAL, 500",
        "NOT_AVAILABLE, 503",
    })
    void theStatusFollowsFromTheCode(ErrorCode code, int status) {
        assertThat(Problem.of(new Refusal(code, "f", "g", "e")).status()).isEqualTo(status);
    }

    @Test
    void eachRefusedChannelIsNamedWithItsReason() {
        var problem =
                Problem.channels(
                        List.of(
                                new RefusedChannel(
                                        "post:0",
                                        new Refusal(
                                                ErrorCode.UNKNOWN_CHANNEL,
                                                "channel",
                                                "post:0",
                                                "a channel")),
                                new RefusedChannel(
                                        "me",
                                        new Refusal(
                                                ErrorCode.PERMISSION_DENIED,
                                                "channel",
                                                "me",
                                                "its user"))));

        assertThat(problem.status()).isEqualTo(403);
        assertThat(text(problem))
                .contains("\"got\":\"post:0,me\"")
                .endsWith(
                        """
                        "errors":[\
                        {"channel":"post:0","code":"unknown_channel","field":"channel","got":"post:0","expected":"a channel"},\
                        {"channel":"me","code":"permission_denied","field":"channel","got":"me","expected":"its user"}]}\
                        """);
    }

    @Test
    void httpsOwnRefusalsHaveTheSameForm() {
        assertThat(text(Problem.methodNotAllowed("GET", List.of("POST"))))
                .isEqualTo(
                        """
                        {"type":"urn:fanfare:problem:method-not-allowed","title":"No such method here","status":405,\
                        "detail":"method: GET (expected: POST)","code":"method_not_allowed","field":"method",\
                        "got":"GET","expected":"POST"}\
                        """);
        assertThat(
                        Problem.unauthorized(
                                        "Authorization", "nothing", "Bearer and the publish token")
                                .status())
                .isEqualTo(401);
        assertThat(Problem.forbidden("Origin", "https://a.example", "an allowed origin").status())
                .isEqualTo(403);
        assertThat(Problem.notFound("/x").status()).isEqualTo(404);
        assertThat(Problem.bodyTooLarge("2000 bytes", 1000).status()).isEqualTo(413);
        assertThat(Problem.unsupportedMediaType("text/plain", "application/json").status())
                .isEqualTo(415);
        assertThat(Problem.unavailable("publish.token", "not configured", "a token").status())
                .isEqualTo(503);
    }

    private static String text(Problem problem) {
        return new String(problem.json(), UTF_8);
    }
}
