package dev.fanfare.server;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is paid, what is kept and what is told are the same, whoever asks for it at once. */
@ParameterizedClass
@EnumSource
@Timeout(60)
class PaidReactionTest {
    private static final String SENDER = "1001";
    private static final String OTHER = "1002";
    private static final String HEART = gift("test_heart_1usd");

    private final ApplicationData data;

    PaidReactionTest(TestDatabase kind) {
        data = ApplicationData.on(kind);
    }

    @AfterEach
    void close() {
        data.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ofTwoHundredAtOnceExactlyThoseAreGivenThatAreThereToPayFor(boolean outbox)
            throws Exception {
        Set<String> gifts;
        try (var server = RunningServer.start(data.yaml() + "applications.outbox: " + outbox);
                var socket = server.subscriber("post:456")) {
            assertThat(balance(server)).isEqualTo(10_000);
            assertThat(deposit(server, 5_000).status()).isEqualTo(200);

            var answers = atOnce(200, () -> give(server, SENDER, HEART));

            var byStatus = answers.stream().collect(groupingBy(HttpAnswer::status));
            assertThat(byStatus.keySet()).containsExactlyInAnyOrder(201, 409);
            assertThat(byStatus.get(201)).hasSize(150);
            assertThat(byStatus.get(409).stream().map(HttpAnswer::problem).distinct())
                    .containsExactly("409 insufficient_balance balance_cents 0");
            assertThat(balance(server)).isZero();
            gifts = byStatus.get(201).stream().map(PaidReactionTest::gift).collect(toSet());
            assertThat(events(server, socket)).containsExactlyInAnyOrderElementsOf(gifts);
        }
        assertThat(reactions()).containsExactlyInAnyOrderElementsOf(ids(gifts)).hasSize(150);
    }

    @Test
    void aRequestThatComesManyTimesAtOnceIsOneGift() throws Exception {
        HttpAnswer first;
        try (var server = RunningServer.start(data.yaml());
                var socket = server.subscriber("post:456")) {
            var answers = atOnce(20, () -> give(server, SENDER, HEART, "Idempotency-Key: heart-1"));

            first = answers.getFirst();
            assertThat(first.status()).as(first.body()).isEqualTo(201);
            assertThat(answers).extracting(HttpAnswer::status).containsOnly(201);
            assertThat(answers).extracting(HttpAnswer::body).containsOnly(first.body());
            assertThat(balance(server)).isEqualTo(9_900);
            assertThat(events(server, socket)).containsExactly(gift(first));
        }
        try (var restarted = RunningServer.start(data.yaml())) {
            var again = give(restarted, SENDER, HEART, "Idempotency-Key: heart-1");
            assertThat(again.status()).isEqualTo(201);
            assertThat(again.body()).isEqualTo(first.body());
            assertThat(balance(restarted)).isEqualTo(9_900);
        }
        assertThat(reactions()).hasSize(1);
    }

    @Test
    void inactiveTypesAreNeitherListedNorGiven() {
        data.within(
                transaction ->
                        transaction.execute(
                                """
                                insert into gift_type (id, gift_key, name, kind, media_url,
                                    animation_url, price_slc_cents, is_active)
                                values (1, 'old_star', 'Star', 'static', 's.png', '', 1, false),
                                    (9, 'rose', 'Rose', 'animated', 'r.png', 'r.json', 50, true)
                                """));
        try (var server = RunningServer.start(data.yaml());
                var socket = server.subscriber("post:456")) {
            var types = server.get("/api/gift-types").json().get("gift_types");
            assertThat(types.findValuesAsText("key")).containsExactly("rose", "test_heart_1usd");

            assertThat(give(server, SENDER, gift("old_star")).problem())
                    .isEqualTo("409 gift_type_inactive gift_type old_star, which is inactive");
            assertThat(balance(server)).isEqualTo(10_000);

            var rose = give(server, SENDER, gift("rose"));
            assertThat(rose.json().get("balance_cents").longValue()).isEqualTo(9_950);
            assertThat(rose.json().at("/gift/gift_type")).isEqualTo(types.get(0));
            assertThat(events(server, socket)).containsExactly(gift(rose));
        }
        assertThat(reactions()).hasSize(1);
    }

    private static String gift(String type) {
        return "{\"target\":{\"type\":\"post\",\"id\":456},\"gift_type\":\"%s\",\"quantity\":1}"
                .formatted(type);
    }

    private static HttpAnswer give(
            RunningServer server, String sender, String body, String... headers) {
        var bearer = "Authorization: Bearer " + server.token(sender);
        return server.post(
                "/api/gifts",
                body,
                Stream.concat(Stream.of(bearer), Stream.of(headers)).toArray(String[]::new));
    }

    private static HttpAnswer deposit(RunningServer server, long cents) {
        return server.post(
                "/api/wallet/deposits",
                "{\"user_id\":" + SENDER + ",\"amount_cents\":" + cents + "}",
                "Authorization: Bearer " + server.token("admin", Map.of("role", "admin")));
    }

    private static long balance(RunningServer server) {
        return server.get("/api/wallet", "Authorization: Bearer " + server.token(SENDER))
                .json()
                .get("balance_cents")
                .longValue();
    }

    private static List<HttpAnswer> atOnce(int times, Callable<HttpAnswer> request)
            throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(Stream.generate(() -> request).limit(times).toList()).stream()
                    .map(Future::resultNow)
                    .toList();
        }
    }

    private static String gift(HttpAnswer answer) {
        return answer.json().get("gift").toString();
    }

    private static Set<Long> ids(Set<String> gifts) {
        return gifts.stream().map(gift -> Json.read(gift).get("id").longValue()).collect(toSet());
    }

    /** All that there are: those of a channel come in their order, and somebody else's is last. */
    private static List<String> events(RunningServer server, TestSocket socket) {
        var last = gift(give(server, OTHER, HEART));
        return Stream.generate(socket::text).takeWhile(event -> !event.equals(last)).toList();
    }

    private List<Long> reactions() {
        return data.within(
                handle ->
                        handle.createQuery("select id from paid_reaction where sender_id = 1001")
                                .mapTo(Long.class)
                                .list());
    }
}
