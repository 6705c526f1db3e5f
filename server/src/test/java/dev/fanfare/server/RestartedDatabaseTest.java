package dev.fanfare.server;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fanfare.harness.PostgresProcess;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Gifts whose database goes away in the middle: asked for again, each is given and told once. */
@Timeout(120)
class RestartedDatabaseTest {
    private static final int GIVERS = 8;
    private static final int GIFTS = 12;
    private static final String HEART =
            "{\"target\":{\"type\":\"post\",\"id\":456},\"gift_type\":\"test_heart_1usd\","
                    + "\"quantity\":1}";

    private final Set<Integer> statuses = ConcurrentHashMap.newKeySet();
    private final CountDownLatch firstGifts = new CountDownLatch(GIVERS * GIFTS / 4);

    @BeforeEach
    void findPostgres() {
        var hindrance = PostgresProcess.hindrance();
        assumeTrue(hindrance.isEmpty(), () -> hindrance.orElse(""));
    }

    @Test
    void everyGiftIsGivenAndToldOnce() throws Exception {
        try (var postgres = PostgresProcess.start();
                var server = RunningServer.start(settings(postgres));
                var socket = server.subscriber("post:456");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var givers =
                    IntStream.range(0, GIVERS)
                            .mapToObj(giver -> supplyAsync(() -> giveAll(server, giver), threads))
                            .toList();
            firstGifts.await();
            postgres.kill();
            postgres.startAgain();

            var given = givers.stream().flatMap(giver -> giver.join().stream()).collect(toSet());
            assertThat(given).hasSize(GIVERS * GIFTS);
            assertThat(statuses).isSubsetOf(201, 503).contains(201);
            assertThat(balance(server)).isEqualTo(10_000 - GIVERS * GIFTS * 100);
            var last = give(server, "1002", "last");
            var told = Stream.generate(socket::text).takeWhile(event -> !event.equals(last));
            assertThat(told).containsExactlyInAnyOrderElementsOf(given);
        }
    }

    private static String settings(PostgresProcess postgres) throws IOException {
        return "applications.enabled: true\napplications.outbox: true\n"
                + ("database.wait: 1s\ndatabase.url: " + postgres.newDatabase() + "\n");
    }

    private Set<String> giveAll(RunningServer server, int giver) {
        return IntStream.range(0, GIFTS)
                .mapToObj(number -> give(server, "1001", giver + "-" + number))
                .collect(toSet());
    }

    /** Asks until it is given. */
    private String give(RunningServer server, String sender, String key) {
        while (true) {
            var answer =
                    server.post(
                            "/api/gifts", HEART, bearer(server, sender), "Idempotency-Key: " + key);
            statuses.add(answer.status());
            if (answer.status() == 201) {
                firstGifts.countDown();
                return answer.json().get("gift").toString();
            }
            assertThat(answer.problem()).startsWith("503 unavailable database");
        }
    }

    private static long balance(RunningServer server) {
        return server.get("/api/wallet", bearer(server, "1001"))
                .json()
                .get("balance_cents")
                .longValue();
    }

    private static String bearer(RunningServer server, String user) {
        return "Authorization: Bearer " + server.token(user);
    }
}
