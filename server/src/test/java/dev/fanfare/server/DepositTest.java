package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What administrators put into wallets. */
@Timeout(60)
class DepositTest {
    private static final AtomicLong USERS = new AtomicLong(5_000);

    private static RunningServer server;

    private final long user = USERS.incrementAndGet();

    @BeforeAll
    static void start() {
        server = RunningServer.start("applications.enabled: true\n");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theyAreInTheWalletAtOnce() {
        assertThat(balance()).isEqualTo(10_000);
        var answer = deposit(250);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"user_id\":%s,\"balance_cents\":10250}".formatted(user));
        assertThat(balance()).isEqualTo(10_250);
    }

    @Test
    void onlyAdministratorsMakeThem() {
        balance();
        var body = body(250);
        assertThat(server.post("/api/wallet/deposits", body).status()).isEqualTo(401);
        var token = "Authorization: Bearer " + server.token(String.valueOf(user));
        assertThat(server.post("/api/wallet/deposits", body, token).problem())
                .isEqualTo("403 forbidden token another role");
        assertThat(balance()).isEqualTo(10_000);
    }

    @Test
    void whoIsNobodyGetsNothing() {
        assertThat(deposit(250).problem()).isEqualTo("404 not_found user_id " + user);
        assertThat(balance()).isEqualTo(10_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"amount_cents":1}                          | user_id nothing
                    {"user_id":"1","amount_cents":1}            | user_id "1"
                    {"user_id":0,"amount_cents":1}              | user_id 0
                    {"user_id":1}                               | amount_cents nothing
                    {"user_id":1,"amount_cents":0}              | amount_cents 0
                    {"user_id":1,"amount_cents":-1}             | amount_cents -1
                    {"user_id":1,"amount_cents":0.5}            | amount_cents 0.5
                    {"user_id":1,"amount_cents":1000000001}     | amount_cents 1000000001
                    {"user_id":1,"amount_cents":1,"currency":1} | currency an unknown member
                    """)
    void everyWrongFieldIsNamed(String body, String problem) {
        assertThat(send(body).problem()).isEqualTo("400 bad_request " + problem);
    }

    @Test
    void aRepeatWithTheSameKeyDepositsNothing() {
        balance();
        var key = "Idempotency-Key: deposit-" + user;
        var first = deposit(250, key);
        assertThat(first.status()).isEqualTo(200);
        var again = deposit(250, key);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(deposit(251, key).problem())
                .isEqualTo(
                        "409 idempotency_key_reused Idempotency-Key a key that came with another"
                                + " body");
        assertThat(balance()).isEqualTo(10_250);
    }

    private HttpAnswer deposit(long cents, String... headers) {
        return send(body(cents), headers);
    }

    private String body(long cents) {
        return "{\"user_id\":%s,\"amount_cents\":%s}".formatted(user, cents);
    }

    private static HttpAnswer send(String body, String... headers) {
        var bearer = "Authorization: Bearer " + server.token("admin", Map.of("role", "admin"));
        return server.post(
                "/api/wallet/deposits",
                body,
                Stream.concat(Stream.of(bearer), Stream.of(headers)).toArray(String[]::new));
    }

    private long balance() {
        return server.get(
                        "/api/wallet",
                        "Authorization: Bearer " + server.token(String.valueOf(user)))
                .json()
                .get("balance_cents")
                .longValue();
    }
}
