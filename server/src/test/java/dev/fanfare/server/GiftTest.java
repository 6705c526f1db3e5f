package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A gift from the request to whoever looks at the post: paid, kept and told. */
class GiftTest {
    private static final String HEART =
            "{\"id\":7,\"key\":\"test_heart_1usd\",\"name\":\"Test Heart\",\"kind\":\"static\","
                    + "\"media_url\":\"https://api.example.com/media/gifts/test-heart.png\","
                    + "\"animation_url\":\"\",\"price_slc_cents\":100,\"is_active\":true}";
    private static final AtomicLong USERS = new AtomicLong(5_000);

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start("applications.enabled: true\n");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theHeartCanBeGiven() {
        var answer = server.get("/api/gift-types");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"gift_types\":[" + HEART + "]}");
    }

    @ParameterizedTest
    @CsvSource({"post, 456", "comment, 9223372036854775807"})
    void whoeverLooksSeesTheGiftByteForByte(String type, String id) {
        long sender = newUser();
        try (var socket = server.subscriber(type + ":" + id)) {
            var answer = give(sender, wish(type, id, "test_heart_1usd", "3"));
            assertThat(answer.status()).as(answer.body()).isEqualTo(201);
            var gift = answer.json().get("gift");
            assertThat(answer.body()).isEqualTo("{\"gift\":" + gift + ",\"balance_cents\":9700}");
            var event = socket.text();
            assertThat(event)
                    .isEqualTo(
                            "{\"type\":\"gift.received\",\"id\":%s,\"target\":{\"type\":\"%s\",\"id\":%s},"
                                            .formatted(gift.get("id"), type, id)
                                    + "\"sender\":{\"id\":%s},\"gift_type\":%s,"
                                            .formatted(sender, HEART)
                                    + "\"quantity\":3,\"total_amount_cents\":300,\"created_at\":%s}"
                                            .formatted(gift.get("created_at")));
            assertThat(event).isEqualTo(gift.toString());
            assertThat(gift.get("created_at").textValue())
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        }
        assertThat(balance(sender)).isEqualTo(9700);
    }

    @Test
    void whoSaysNoQuantityGivesOne() {
        var wish = "{\"target\":{\"type\":\"post\",\"id\":1},\"gift_type\":\"test_heart_1usd\"}";
        var gift = give(newUser(), wish).json().get("gift");
        assertThat(gift.get("quantity").asInt()).isEqualTo(1);
    }

    @Test
    void giftsAreNumbered() {
        long sender = newUser();
        var first = give(sender, heart(1)).json().get("gift").get("id").longValue();
        var second = give(sender, heart(1)).json().get("gift").get("id").longValue();
        assertThat(second).isGreaterThan(first).isGreaterThan(1);
    }

    @Test
    void whoHasTooLittleGivesNothing() {
        long sender = newUser();
        try (var socket = server.subscriber("post:456")) {
            var refused = give(sender, heart(101));
            assertThat(refused.problem()).isEqualTo("409 insufficient_balance balance_cents 10000");
            assertThat(refused.json().get("expected").textValue()).isEqualTo("at least 10100");
            assertThat(balance(sender)).isEqualTo(10_000);
            assertThat(give(sender, heart(100)).json().get("balance_cents").longValue()).isZero();
            assertThat(give(sender, heart(1)).problem())
                    .isEqualTo("409 insufficient_balance balance_cents 0");
            assertThat(socket.json().get("quantity").longValue()).isEqualTo(100);
        }
    }

    @Test
    void onlyUsersWithANumberGive() {
        var refused =
                server.post("/api/gifts", heart(1), "Authorization: Bearer " + server.token("ada"));
        assertThat(refused.problem()).isEqualTo("403 forbidden token user ada");
        assertThat(server.post("/api/gifts", heart(1)).problem())
                .isEqualTo("401 unauthorized token nothing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {}                                                  | target nothing
                    {"target":"post:456"}                               | target "post:456"
                    {"target":{"id":456}}                               | target.type nothing
                    {"target":{"type":"story","id":456}}                | target.type "story"
                    {"target":{"type":"post"}}                          | target.id nothing
                    {"target":{"type":"post","id":"456"}}               | target.id "456"
                    {"target":{"type":"post","id":0}}                   | target.id 0
                    {"target":{"type":"post","id":-1}}                  | target.id -1
                    {"target":{"type":"post","id":4.5}}                 | target.id 4.5
                    {"target":{"type":"post","id":9223372036854775808}} | target.id 9223372036854775808
                    """)
    void targetsAreExact(String body, String problem) {
        refuses(body, problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "quantity":1                                        | gift_type nothing
                    "gift_type":7,"quantity":1                          | gift_type 7
                    "gift_type":"heart","quantity":1                    | gift_type heart
                    "gift_type":" ","quantity":1                        | gift_type a blank text
                    "gift_type":"test_heart_1usd","quantity":0          | quantity 0
                    "gift_type":"test_heart_1usd","quantity":-1         | quantity -1
                    "gift_type":"test_heart_1usd","quantity":1001       | quantity 1001
                    "gift_type":"test_heart_1usd","quantity":"1"        | quantity "1"
                    "gift_type":"test_heart_1usd","quantity":1.5        | quantity 1.5
                    "gift_type":"test_heart_1usd","quantity":1,"to":1   | to an unknown member
                    """)
    void soIsWhatIsGiven(String members, String problem) {
        refuses("{\"target\":{\"type\":\"post\",\"id\":456}," + members + "}", problem);
    }

    @Test
    void bodiesAreOneShortObjectWithoutRepeats() {
        refuses("", "body nothing");
        refuses("[]", "body other JSON");
        refuses(wish("post", "456", "k".repeat(65), "1"), "gift_type a longer text");
        refuses(
                "{\"target\":{\"type\":\"post\",\"id\":456,\"of\":1},"
                        + "\"gift_type\":\"test_heart_1usd\",\"quantity\":1}",
                "target.of an unknown member");
        assertThat(give(newUser(), "{\"quantity\":1,\"quantity\":2}").problem())
                .startsWith("400 bad_request body Duplicate field 'quantity'");
    }

    private void refuses(String body, String problem) {
        long sender = newUser();
        assertThat(give(sender, body).problem()).isEqualTo("400 bad_request " + problem);
        assertThat(balance(sender)).isEqualTo(10_000);
    }

    private static long newUser() {
        return USERS.incrementAndGet();
    }

    private static String heart(int quantity) {
        return wish("post", "456", "test_heart_1usd", String.valueOf(quantity));
    }

    private static String wish(String type, String id, String giftType, String quantity) {
        return "{\"target\":{\"type\":\"%s\",\"id\":%s},\"gift_type\":\"%s\",\"quantity\":%s}"
                .formatted(type, id, giftType, quantity);
    }

    private static HttpAnswer give(long sender, String body) {
        return server.post("/api/gifts", body, bearer(sender));
    }

    private static long balance(long user) {
        return server.get("/api/wallet", bearer(user)).json().get("balance_cents").longValue();
    }

    private static String bearer(long user) {
        return "Authorization: Bearer " + server.token(String.valueOf(user));
    }
}
