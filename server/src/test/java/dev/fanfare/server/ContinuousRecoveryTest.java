package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections are cut and continued while a backend publishes without a pause. */
@Timeout(60)
class ContinuousRecoveryTest {
    private static final int CUTS = 40;

    private RunningServer server;
    private ExecutorService backend;
    private volatile boolean enough;

    @BeforeEach
    void start() {
        server =
                RunningServer.start(
                        """
                        limits.recovered-publications: 100000
                        channels:
                          - { pattern: "news:{n}", variables: { n: positive-integer }, subscribe: everyone, history: { size: 100000, age: 10m } }
                        """);
        backend = Executors.newCachedThreadPool();
    }

    @AfterEach
    void stop() {
        enough = true;
        backend.close();
        server.close();
    }

    @Test
    void aSocketSeesEveryPublicationOnce() throws Exception {
        var published = backend.submit(() -> publishUntilEnough("news:1"));
        var query = "/ws?envelope=true&channels=news:1&token=" + server.token("1");
        var seen = new ArrayList<Long>();
        var since = "";
        for (int cut = 0; cut < CUTS; cut++) {
            try (var socket = server.socket(query + since)) {
                var epoch = "";
                for (int i = 0; i < 25; i++) {
                    var envelope = socket.json();
                    seen.add(envelope.path("offset").asLong());
                    epoch = envelope.path("epoch").asText();
                }
                since = "&since=news:1@" + epoch + ":" + seen.getLast();
            }
        }
        enough = true;
        assertConsecutive(seen);
        assertThat(published.get()).isGreaterThanOrEqualTo(seen.size());
    }

    @Test
    void anEventSourceSeesEveryPublicationOfEveryChannelOnce() throws Exception {
        var published =
                List.of(
                        backend.submit(() -> publishUntilEnough("news:1")),
                        backend.submit(() -> publishUntilEnough("news:2")));
        var query = "/sse?envelope=true&channels=news:1,news:2&token=" + server.token("1");
        Map<String, List<Long>> seen = new HashMap<>();
        String[] lastEventId = {};
        for (int cut = 0; cut < CUTS; cut++) {
            try (var events = server.lines(query, lastEventId)) {
                for (int i = 0; i < 25; i++) {
                    var event = events.event();
                    assertThat(event.event()).isEmpty();
                    seen.computeIfAbsent(
                                    event.json().get("channel").asText(), key -> new ArrayList<>())
                            .add(event.json().get("offset").asLong());
                    lastEventId = new String[] {"Last-Event-ID: " + event.id()};
                }
            }
        }
        enough = true;
        assertThat(seen).hasSize(2);
        seen.values().forEach(ContinuousRecoveryTest::assertConsecutive);
        for (Future<Long> each : published) {
            assertThat(each.get()).isPositive();
        }
    }

    private long publishUntilEnough(String channel) {
        long count = 0;
        try (var wire = server.connect()) {
            while (!enough) {
                count++;
                RunningServer.publish(
                        wire,
                        "{\"channel\":\"" + channel + "\",\"payload\":{\"n\":" + count + "}}");
            }
        }
        return count;
    }

    private static void assertConsecutive(List<Long> offsets) {
        var first = offsets.getFirst();
        assertThat(offsets)
                .containsExactlyElementsOf(
                        LongStream.range(first, first + offsets.size()).boxed().toList());
    }
}
