package dev.fanfare.server.centrifuge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.centrifugal.centrifuge.Client;
import io.github.centrifugal.centrifuge.ConnectionTokenEvent;
import io.github.centrifugal.centrifuge.ConnectionTokenGetter;
import io.github.centrifugal.centrifuge.HistoryOptions;
import io.github.centrifugal.centrifuge.HistoryResult;
import io.github.centrifugal.centrifuge.Options;
import io.github.centrifugal.centrifuge.PresenceStatsResult;
import io.github.centrifugal.centrifuge.PublishResult;
import io.github.centrifugal.centrifuge.RPCResult;
import io.github.centrifugal.centrifuge.ReplyError;
import io.github.centrifugal.centrifuge.ResultCallback;
import io.github.centrifugal.centrifuge.Subscription;
import io.github.centrifugal.centrifuge.SubscriptionOptions;
import io.github.centrifugal.centrifuge.TokenCallback;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server and the Java SDK of Centrifugo, which speaks Protobuf. */
@Timeout(60)
class JavaSdkTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static CompatibleServer server;
    private final List<Client> clients = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        server = CompatibleServer.start("fanfare.yaml");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void disconnect() throws Exception {
        for (var client : clients) {
            client.close(1_000);
        }
    }

    @Test
    void connectsWithAToken() throws Exception {
        var heard = new Heard();
        client(heard, token("ann")).connect();
        assertThat(heard.next()).isEqualTo("connected");
    }

    @Test
    void isToldForGoodThatATokenIsInvalid() throws Exception {
        var heard = new Heard();
        client(heard, "nonsense").connect();
        assertThat(heard.next()).isEqualTo("disconnected 3500 invalid token");
    }

    @Test
    void fetchesAnotherTokenWhenItsOwnHasExpired() throws Exception {
        var heard = new Heard();
        var fetched = new AtomicInteger();
        var options = options(server.token("ann", Duration.ofSeconds(-5), Map.of()));
        options.setTokenGetter(
                new ConnectionTokenGetter() {
                    @Override
                    public void getConnectionToken(
                            ConnectionTokenEvent event, TokenCallback callback) {
                        fetched.incrementAndGet();
                        callback.Done(null, token("ann"));
                    }
                });
        client(heard, options, server.port()).connect();
        assertThat(heard.next()).isEqualTo("connected");
        assertThat(fetched).hasValue(1);
    }

    @Test
    void refreshesATokenBeforeItExpires() throws Exception {
        var heard = new Heard();
        var fetched = new CompletableFuture<String>();
        var options = options(server.token("ann", Duration.ofSeconds(2), Map.of()));
        options.setTokenGetter(
                new ConnectionTokenGetter() {
                    @Override
                    public void getConnectionToken(
                            ConnectionTokenEvent event, TokenCallback callback) {
                        callback.Done(null, token("ann"));
                        fetched.complete("fetched");
                    }
                });
        var client = client(heard, options, server.port());
        client.connect();
        assertThat(heard.next()).isEqualTo("connected");
        assertThat(fetched.get(10, TimeUnit.SECONDS)).isEqualTo("fetched");
        var stats =
                ask(
                        (ResultCallback<PresenceStatsResult> callback) ->
                                client.presenceStats("chat:refresh", callback));
        assertThat(stats.getNumClients()).isZero();
    }

    @Test
    void hearsWhatBackendsAndOthersPublish() throws Exception {
        var heard = new Heard();
        var client = connected(heard, "ann");
        var subscription = subscribed(heard, client, "chat:java-1", new SubscriptionOptions());

        server.publish("chat:java-1", "{\"n\":1}");
        assertThat(heard.next()).isEqualTo("{\"n\":1} at 1");

        var other = connected(new Heard(), "bob");
        ask(
                (ResultCallback<PublishResult> callback) ->
                        other.publish("chat:java-1", "{\"n\":2}".getBytes(UTF_8), callback));
        assertThat(heard.next()).isEqualTo("{\"n\":2} at 2 by bob");

        ask(
                (ResultCallback<PublishResult> callback) ->
                        subscription.publish("{\"n\":3}".getBytes(UTF_8), callback));
        assertThat(heard.next()).isEqualTo("{\"n\":3} at 3 by ann");
    }

    @Test
    void seesWhoIsThereAndWhoComesAndGoes() throws Exception {
        var heard = new Heard();
        var client = connected(heard, "ann");
        var options = new SubscriptionOptions();
        options.setJoinLeave(true);
        var subscription = subscribed(heard, client, "chat:java-2", options);
        assertThat(heard.next()).isEqualTo("ann joined");

        var otherHeard = new Heard();
        var other = connected(otherHeard, "bob");
        var others = subscribed(otherHeard, other, "chat:java-2", new SubscriptionOptions());
        assertThat(heard.next()).isEqualTo("bob joined");

        var presence = ask(subscription::presence);
        assertThat(presence.getClients().values())
                .extracting(info -> info.getUser())
                .containsExactlyInAnyOrder("ann", "bob");
        assertThat(ask(subscription::presenceStats).getNumUsers()).isEqualTo(2);

        others.unsubscribe();
        assertThat(heard.next()).isEqualTo("bob left");
    }

    @Test
    void readsHistoryForwardsAndBackwards() throws Exception {
        for (int number = 1; number <= 3; number++) {
            server.publish("chat:java-3", "{\"n\":" + number + "}");
        }
        var client = connected(new Heard(), "ann");
        var forwards = new HistoryOptions.Builder().withLimit(2).build();
        var first =
                ask(
                        (ResultCallback<HistoryResult> callback) ->
                                client.history("chat:java-3", forwards, callback));
        assertThat(first.getPublications())
                .extracting(each -> each.getOffset())
                .containsExactly(1L, 2L);
        assertThat(first.getOffset()).isEqualTo(3);

        var backwards = new HistoryOptions.Builder().withLimit(1).withReverse(true).build();
        var last =
                ask(
                        (ResultCallback<HistoryResult> callback) ->
                                client.history("chat:java-3", backwards, callback));
        assertThat(last.getPublications()).extracting(each -> each.getOffset()).containsExactly(3L);
    }

    @Test
    void isRefusedWithTheProtocolsErrors() throws Exception {
        var client = connected(new Heard(), "ann");
        assertThat(
                        failure(
                                (ResultCallback<PresenceStatsResult> callback) ->
                                        client.presenceStats("nowhere:1", callback)))
                .isEqualTo(102);
        assertThat(
                        failure(
                                (ResultCallback<PresenceStatsResult> callback) ->
                                        client.presenceStats("closed:1", callback)))
                .isEqualTo(103);
        assertThat(
                        failure(
                                (ResultCallback<RPCResult> callback) ->
                                        client.rpc("sum", new byte[0], callback)))
                .isEqualTo(108);
    }

    @Test
    void recoversWhatItMissedWhileTheWireWasCut() throws Exception {
        try (var wire = new CuttableWire(server.port())) {
            var heard = new Heard();
            var client = client(heard, options(token("ann")), wire.port());
            client.connect();
            assertThat(heard.next()).isEqualTo("connected");
            var options = new SubscriptionOptions();
            options.setRecoverable(true);
            var subscription = subscribed(heard, client, "chat:java-4", options);
            server.publish("chat:java-4", "{\"n\":1}");
            assertThat(heard.next()).isEqualTo("{\"n\":1} at 1");

            wire.cut();
            server.publish("chat:java-4", "{\"n\":2}");
            server.publish("chat:java-4", "{\"n\":3}");

            assertThat(heard.next()).isEqualTo("connected");
            assertThat(heard.next()).isEqualTo("subscribed, recovered");
            assertThat(heard.next()).isEqualTo("{\"n\":2} at 2");
            assertThat(heard.next()).isEqualTo("{\"n\":3} at 3");
            assertThat(subscription.getChannel()).isEqualTo("chat:java-4");
        }
    }

    @Test
    void isToldOfALossWhenTheStreamIsAnotherOne() throws Exception {
        try (var wire = new CuttableWire(server.port());
                var successor = CompatibleServer.start("fanfare.yaml")) {
            var heard = new Heard();
            var client = client(heard, options(token("ann")), wire.port());
            client.connect();
            assertThat(heard.next()).isEqualTo("connected");
            var options = new SubscriptionOptions();
            options.setRecoverable(true);
            subscribed(heard, client, "chat:java-5", options);
            server.publish("chat:java-5", "{\"n\":1}");
            assertThat(heard.next()).isEqualTo("{\"n\":1} at 1");

            successor.publish("chat:java-5", "{\"n\":2}");
            wire.leadTo(successor.port());
            wire.cut();

            assertThat(heard.next()).isEqualTo("connected");
            assertThat(heard.next()).isEqualTo("subscribed, with a loss");
            successor.publish("chat:java-5", "{\"n\":3}");
            assertThat(heard.next()).isEqualTo("{\"n\":3} at 2");
        }
    }

    @Test
    void entersAChannelWithATokenForIt() throws Exception {
        var heard = new Heard();
        var client = connected(heard, "ann");
        var options = new SubscriptionOptions();
        options.setToken(server.token("ann", HOUR, Map.of("channel", "closed:java")));
        subscribed(heard, client, "closed:java", options);
        server.publish("closed:java", "{\"n\":1}");
        assertThat(heard.next()).startsWith("{\"n\":1}");
    }

    @Test
    void hearsTheChannelsOfItsToken() throws Exception {
        var heard = new Heard();
        client(heard, server.token("ann", HOUR, Map.of("channels", List.of("closed:given"))))
                .connect();
        assertThat(heard.next()).isEqualTo("connected");
        assertThat(heard.next()).isEqualTo("given closed:given");
        server.publish("closed:given", "{\"n\":1}");
        assertThat(heard.next()).isEqualTo("closed:given {\"n\":1}");
    }

    @Test
    void staysAwayWhenABackendSaysSo() throws Exception {
        var heard = new Heard();
        connected(heard, "java-gone");
        server.api("disconnect", "{\"user\":\"java-gone\"}");
        assertThat(heard.next()).isEqualTo("disconnected 3503 force disconnect");
    }

    private static String token(String user) {
        return server.token(user, HOUR, Map.of());
    }

    private static Options options(String token) {
        var options = new Options();
        options.setToken(token);
        options.setMinReconnectDelay(20);
        options.setMaxReconnectDelay(50);
        return options;
    }

    private Client client(Heard heard, String token) {
        return client(heard, options(token), server.port());
    }

    private Client client(Heard heard, Options options, int port) {
        var address = "ws://127.0.0.1:" + port + "/connection/websocket?format=protobuf";
        var client = new Client(address, options, heard.ofClient());
        clients.add(client);
        return client;
    }

    private Client connected(Heard heard, String user) throws InterruptedException {
        var client = client(heard, token(user));
        client.connect();
        assertThat(heard.next()).isEqualTo("connected");
        return client;
    }

    private static Subscription subscribed(
            Heard heard, Client client, String channel, SubscriptionOptions options)
            throws Exception {
        var subscription = client.newSubscription(channel, options, heard.ofSubscription());
        subscription.subscribe();
        assertThat(heard.next()).isEqualTo("subscribed");
        return subscription;
    }

    private static <T> T ask(Consumer<ResultCallback<T>> question) throws Exception {
        var answer = new CompletableFuture<T>();
        question.accept(
                (failure, result) -> {
                    if (failure == null) {
                        answer.complete(result);
                    } else {
                        answer.completeExceptionally(failure);
                    }
                });
        return answer.get(10, TimeUnit.SECONDS);
    }

    private static <T> int failure(Consumer<ResultCallback<T>> question) throws Exception {
        try {
            throw new AssertionError("answered: " + ask(question));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ReplyError error) {
                return error.getCode();
            }
            throw new IOException(e.getCause());
        }
    }
}
