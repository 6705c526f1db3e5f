package dev.fanfare.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebDocumentsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final JwksServer server = new JwksServer();
    private final WebDocuments documents = new WebDocuments(HttpClient.newHttpClient());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void getsADocument() {
        server.say(200, "{}");

        assertThat(get(TIMEOUT).join()).isEqualTo("{}".getBytes(UTF_8));
    }

    @Test
    void asksForNoMoreThanSoManyAtOnce() throws Exception {
        server.say(200, "{}");
        var gate = server.hold();
        var waiting = Stream.generate(() -> get(TIMEOUT)).limit(WebDocuments.MAX_REQUESTS).toList();

        assertThatThrownBy(() -> get(TIMEOUT).get(5, TimeUnit.SECONDS))
                .hasMessageContaining("requests: more than 16 at once");
        gate.countDown();
        assertThat(waiting).allSatisfy(one -> assertThat(one.join()).isNotEmpty());
        assertThat(get(TIMEOUT).join()).isNotEmpty();
    }

    @Test
    void hasRoomAgainAfterAnswersThatDidNotCome() {
        server.say(200, "{}");
        var gate = server.hold();
        Stream.generate(() -> get(Duration.ofMillis(50)))
                .limit(WebDocuments.MAX_REQUESTS)
                .toList()
                .forEach(
                        one ->
                                assertThatThrownBy(one::join)
                                        .hasMessageContaining("no answer within 50 ms"));
        gate.countDown();

        assertThat(get(TIMEOUT).join()).isNotEmpty();
    }

    @Test
    void hasNoAddressThatHasNoHost() {
        assertThatThrownBy(
                        () ->
                                documents
                                        .get(URI.create("http:///keys"), TIMEOUT)
                                        .toCompletableFuture()
                                        .join())
                .hasMessageContaining("IllegalArgumentException");
    }

    private CompletableFuture<byte[]> get(Duration timeout) {
        return documents.get(URI.create(server.url()), timeout).toCompletableFuture();
    }
}
