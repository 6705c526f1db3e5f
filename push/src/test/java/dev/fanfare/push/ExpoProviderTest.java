package dev.fanfare.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.harness.FakeExpo;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class ExpoProviderTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final FakeExpo expo = new FakeExpo();
    private final ExpoProvider provider = provider("", PATIENCE);

    @AfterEach
    void close() {
        provider.close();
        expo.close();
    }

    @Test
    void sendsWhatADeviceShowsAndGetsATicket() {
        expo.requireAccessToken("secret");
        try (var known = provider("secret", PATIENCE)) {
            var tickets =
                    known.send(
                                    List.of(
                                            new Notification(
                                                    token(1),
                                                    "Partner is ready",
                                                    "Your turn! ❤️",
                                                    "{\"sessionId\":\"s\",\"n\":1.50}")))
                            .join();
            var taken = expo.taken().getFirst();
            assertThat(tickets).containsExactly(new Ticket.Taken(taken.id()));
            assertThat(taken.to()).isEqualTo(token(1));
            assertThat(taken.title()).isEqualTo("Partner is ready");
            assertThat(taken.body()).isEqualTo("Your turn! ❤️");
            assertThat(taken.sound()).isEqualTo("default");
            assertThat(taken.data().path("sessionId").asText()).isEqualTo("s");
        }
    }

    @Test
    void givesEachNotificationItsOwnTicketInOrder() {
        expo.refuse(token(2), "DeviceNotRegistered");
        var tickets = provider.send(notifications(1, 4)).join();
        assertThat(tickets)
                .containsExactly(
                        new Ticket.Taken(id(1)),
                        new Ticket.Refused(
                                PushError.DEVICE_NOT_REGISTERED, "it is DeviceNotRegistered"),
                        new Ticket.Taken(id(3)),
                        new Ticket.Taken(id(4)));
    }

    @ParameterizedTest
    @CsvSource({
        "DeviceNotRegistered, DEVICE_NOT_REGISTERED",
        "MessageTooBig, MESSAGE_TOO_BIG",
        "MessageRateExceeded, RATE_EXCEEDED",
        "InvalidCredentials, INVALID_CREDENTIALS",
        "MismatchSenderId, MISMATCHED_SENDER",
        "DeveloperError, REFUSED"
    })
    void knowsWhyATicketOrAReceiptIsRefused(String word, PushError error) {
        expo.refuse(token(1), word);
        assertThat(provider.send(notifications(1, 1)).join())
                .containsExactly(new Ticket.Refused(error, "it is " + word));

        expo.accept(token(1));
        assertThat(provider.send(notifications(1, 1)).join()).hasSize(1);
        expo.refuseLater(token(1), word);
        assertThat(provider.receipts(List.of(id(1), "nobody's")).join())
                .containsOnlyKeys(id(1))
                .containsValue(new Receipt.Refused(error, "it is " + word));
    }

    @Test
    void oneMalformedMessageOfAHundredCostsNoOtherItsWay() {
        expo.findMalformed(token(38));
        var tickets = provider.send(notifications(1, 100)).join();
        assertThat(expo.taken()).hasSize(99);
        assertThat(tickets).hasSize(100);
        assertThat(tickets.get(37))
                .isEqualTo(new Ticket.Refused(PushError.REFUSED, "a message is malformed"));
        assertThat(tickets.get(38)).isEqualTo(new Ticket.Taken(id(39)));
        assertThat(expo.requests()).isLessThanOrEqualTo(15);
    }

    @Test
    void whatIsTooLargeIsRefusedWithoutAsking() {
        var large =
                new Notification(
                        token(1),
                        "t",
                        "b",
                        "{\"a\":\"" + "ä".repeat(PushQueue.LARGEST / 2) + "\"}");
        assertThat(provider.send(List.of(large)).join().getFirst())
                .isInstanceOfSatisfying(
                        Ticket.Refused.class,
                        refused ->
                                assertThat(refused.error()).isEqualTo(PushError.MESSAGE_TOO_BIG));
        assertThat(expo.requests()).isZero();

        var small = notifications(2, 1).getFirst();
        assertThat(provider.send(List.of(large, small)).join())
                .last()
                .isEqualTo(new Ticket.Taken(id(2)));
    }

    @ParameterizedTest
    @CsvSource({
        "429, 7, THROTTLED, 7",
        "503, , UNAVAILABLE, ",
        "500, soon, UNAVAILABLE, ",
        "401, , UNAUTHORIZED, ",
        "404, , INVALID_ANSWER, "
    })
    void aFailedRequestLeavesEverythingUnknown(
            int status, String retryAfter, PushError error, Integer seconds) {
        expo.failOnce(status, retryAfter);
        var tickets = provider.send(notifications(1, 3)).join();
        assertThat(tickets)
                .hasSize(3)
                .allSatisfy(
                        ticket -> {
                            var why = ((Ticket.Unknown) ticket).why();
                            assertThat(why.error()).isEqualTo(error);
                            assertThat(why.retryAfter())
                                    .isEqualTo(
                                            seconds == null ? null : Duration.ofSeconds(seconds));
                        });
        assertThat(expo.taken()).isEmpty();
    }

    @Test
    void waitsNoLongerThanItsTimeout() {
        expo.hold();
        try (var impatient = provider("", Duration.ofMillis(200))) {
            assertThat(error(impatient)).isEqualTo(PushError.TIMEOUT);
        }
    }

    @Test
    void waitsNoLongerForTheRestOfAnAnswer() {
        expo.holdInBody();
        try (var impatient = provider("", Duration.ofMillis(200))) {
            assertThat(error(impatient)).isEqualTo(PushError.TIMEOUT);
        }
    }

    @Test
    void aLostAnswerLeavesItUnknown() {
        expo.loseAnswers(10);
        assertThat(error(provider)).isEqualTo(PushError.UNREACHABLE);
    }

    @Test
    void nobodyThereIsAnOutageForReceiptsToo() {
        var nowhere =
                new ExpoProvider(new ExpoOptions(URI.create("http://127.0.0.1:1"), "", PATIENCE));
        try (nowhere) {
            assertThat(error(nowhere)).isEqualTo(PushError.UNREACHABLE);
            assertThatThrownBy(() -> nowhere.receipts(List.of("1")).join())
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            PushOutage.class,
                            outage -> assertThat(outage.error()).isEqualTo(PushError.UNREACHABLE));
        }
    }

    @Test
    void saysNothingOfTokensInLogs() {
        assertThat(notifications(1, 1).getFirst().toString()).doesNotContain("PushToken");
        assertThat(new ExpoOptions(ExpoOptions.EXPO, "secret", PATIENCE).toString())
                .doesNotContain("secret");
    }

    private static PushError error(PushProvider asked) {
        var ticket = asked.send(notifications(1, 1)).join().getFirst();
        return ((Ticket.Unknown) ticket).why().error();
    }

    private ExpoProvider provider(String accessToken, Duration timeout) {
        return new ExpoProvider(new ExpoOptions(expo.url(), accessToken, timeout));
    }

    private String id(int device) {
        return expo.taken(token(device)).getLast().id();
    }

    private static List<Notification> notifications(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(device -> new Notification(token(device), "title", "body", "{}"))
                .toList();
    }

    private static String token(int device) {
        return "ExponentPushToken[" + device + "]";
    }
}
