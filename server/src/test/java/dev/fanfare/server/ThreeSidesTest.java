package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fanfare.server.config.Development;
import io.ably.lib.realtime.AblyRealtime;
import io.ably.lib.realtime.CompletionListener;
import io.ably.lib.rest.AblyRest;
import io.ably.lib.types.AblyException;
import io.ably.lib.types.ClientOptions;
import io.ably.lib.types.ErrorInfo;
import io.ably.lib.types.Message;
import io.ably.lib.util.Log;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A session of partners: a backend and one partner with Ably's SDK for Java, another partner with
 * nothing but JSON on a WebSocket.
 */
@Timeout(30)
class ThreeSidesTest {
    private static RunningServer server;
    private static AblyRest backend;
    private static AblyRealtime ann;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start();
        backend = new AblyRest(options(""));
        ann = new AblyRealtime(options("ann"));
    }

    @AfterAll
    static void stop() throws Exception {
        ann.close();
        backend.close();
        server.close();
    }

    private static ClientOptions options(String clientId) throws AblyException {
        var options = new ClientOptions(Development.ABLY_KEY);
        options.restHost = "127.0.0.1";
        options.realtimeHost = "127.0.0.1";
        options.port = server.port();
        options.tls = false;
        options.useTokenAuth = true;
        options.fallbackHosts = new String[0];
        options.logLevel = Log.NONE;
        options.clientId = clientId.isEmpty() ? null : clientId;
        return options;
    }

    @Test
    void bothPartnersHearWhatTheBackendPublishes() throws Exception {
        var session = "beheard:session:s1";
        var heard = listen(session);
        try (var bob = plain("s1", session)) {
            backend.channels.get(session).publish("session.paused", "by the therapist");

            var message = heard.poll(10, TimeUnit.SECONDS);
            assertThat(message).isNotNull();
            assertThat(message.name).isEqualTo("session.paused");
            assertThat(message.data).isEqualTo("by the therapist");
            assertThat(bob.json())
                    .isEqualTo(
                            Json.read(
                                    "{\"type\":\"session.paused\",\"data\":\"by the therapist\"}"));
        }
    }

    @Test
    void onePartnerHearsTheOther() throws Exception {
        var session = "beheard:session:s2";
        var heard = listen(session);
        try (var bob = plain("s2", session)) {
            var told = new Outcome();
            ann.channels.get(session).publish("partner.advanced", "step 2", told);
            told.await();
            assertThat(bob.json().get("data").textValue()).isEqualTo("step 2");
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isNotNull();

            bob.send(
                    "{\"type\":\"publish\",\"channel\":\""
                            + session
                            + "\",\"payload\":{\"type\":\"partner.needs_shared\",\"needs\":3}}");
            var message = heard.poll(10, TimeUnit.SECONDS);
            assertThat(message).isNotNull();
            assertThat(message.name).isEqualTo("partner.needs_shared");
            assertThat(message.data.toString()).contains("\"needs\":3");
            assertThat(message.clientId).isEqualTo("bob");
        }
    }

    @Test
    void theBackendSeesBothWhoArePresent() throws Exception {
        var presence = "beheard:session:s3:presence";
        var entered = new Outcome();
        ann.channels.get(presence).presence.enter("here", entered);
        entered.await();
        try (var _ = plain("s3", presence)) {
            assertThat(backend.channels.get(presence).presence.get(null).items())
                    .extracting(member -> member.clientId)
                    .containsExactly("ann", "bob");
        }
    }

    @Test
    void theBackendIsToldWhatASessionDoesNotCarry() {
        var refused =
                catchThrowableOfType(
                        AblyException.class,
                        () -> backend.channels.get("beheard:session:s4").publish("nonsense", "x"));
        assertThat(refused.errorInfo.code).isEqualTo(40000);
        assertThat(refused.errorInfo.message).contains("session.paused");
    }

    private static LinkedBlockingQueue<Message> listen(String channel) throws Exception {
        var heard = new LinkedBlockingQueue<Message>();
        var attached = new Outcome();
        ann.channels.get(channel).attach(attached);
        attached.await();
        ann.channels.get(channel).subscribe(heard::add);
        return heard;
    }

    private static TestSocket plain(String session, String channel) {
        var token = server.token("bob", Map.of("sessions", List.of(session)));
        return server.socket("/ws?channels=" + channel + "&token=" + token);
    }

    private static final class Outcome implements CompletionListener {
        private final CompletableFuture<Void> end = new CompletableFuture<>();

        @Override
        public void onSuccess() {
            end.complete(null);
        }

        @Override
        public void onError(ErrorInfo reason) {
            end.completeExceptionally(new AssertionError(reason.toString()));
        }

        void await() throws Exception {
            end.get(10, TimeUnit.SECONDS);
        }
    }
}
