package dev.fanfare.server;

import static dev.fanfare.server.SessionServer.registration;
import static dev.fanfare.server.SessionServer.somebody;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.client.RealtimeConfig;
import dev.fanfare.client.Sessions;
import dev.fanfare.harness.FakeExpo;
import dev.fanfare.server.config.Development;
import io.ably.lib.realtime.AblyRealtime;
import io.ably.lib.realtime.CompletionListener;
import io.ably.lib.types.AblyException;
import io.ably.lib.types.ClientOptions;
import io.ably.lib.types.ErrorInfo;
import io.ably.lib.types.Message;
import io.ably.lib.util.Log;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Presence decides: realtime for who is there, push for who is away. */
@ParameterizedClass
@EnumSource
@Timeout(60)
class NotifyPartnerTest {
    private static SessionServer sessions;

    private final String alice = somebody("alice");
    private final String bob = somebody("bob");
    private final String id = sessions.session(alice, bob);
    private final String channel = "beheard:session:" + id;

    NotifyPartnerTest(TestDatabase database) {}

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase database) {
        sessions =
                new SessionServer(
                        database.yaml()
                                + "push.texts.session.paused: { title: Break, body: Take five."
                                + " }\n");
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        sessions.close();
    }

    @Test
    void whoIsPresentHearsItAtOnceAndWhoHasLeftGetsAPush() {
        var phone = sessions.phone(bob);
        try (var listening = sessions.listen(bob, channel, id)) {
            try (var _ = sessions.listen(bob, channel + ":presence", id)) {
                assertThat(tell("partner.signed_compact", "{\"stage\":1}"))
                        .isEqualTo("{\"delivery\":\"realtime\"}");
                assertThat(listening.text())
                        .isEqualTo("{\"type\":\"partner.signed_compact\",\"data\":{\"stage\":1}}");
            }
            await().until(() -> tell("session.resumed", "{}").contains("push"));
        }
        var push = pushed(phone);
        assertThat(push.title()).isEqualTo("Session resumed");
        assertThat(sessions.expo.taken(phone)).hasSize(1);
    }

    @Test
    void presenceOfCentrifugosClientsCountsAsWell() {
        try (var socket = sessions.server.socket("/connection/websocket")) {
            var claims = Map.of("sessions", List.of(id));
            var token = sessions.server.token(bob, claims);
            socket.ask("{\"id\":1,\"connect\":{\"token\":\"" + token + "\"}}");
            socket.ask("{\"id\":2,\"subscribe\":{\"channel\":\"" + channel + ":presence\"}}");
            assertThat(tell("session.paused", "{}")).isEqualTo("{\"delivery\":\"realtime\"}");
        }
    }

    @Test
    void whoEntersWithAblysSdkIsPresentUntilTheyLeave() throws Exception {
        var phone = sessions.phone(bob);
        try (var bobs = ably(bob)) {
            var heard = new LinkedBlockingQueue<Message>();
            bobs.channels.get(channel).subscribe(heard::add);
            var presence = bobs.channels.get(channel + ":presence").presence;
            done(told -> presence.enter("here", told));
            assertThat(tell("session.paused", "{\"n\":1}"))
                    .isEqualTo("{\"delivery\":\"realtime\"}");
            assertThat(heard.poll(10, TimeUnit.SECONDS).name).isEqualTo("session.paused");
            done(presence::leave);
            assertThat(tell("session.resumed", "{}")).isEqualTo("{\"delivery\":\"push\"}");
        }
        assertThat(pushed(phone).title()).isEqualTo("Session resumed");
    }

    private static AblyRealtime ably(String user) throws AblyException {
        var options = new ClientOptions();
        options.restHost = "127.0.0.1";
        options.realtimeHost = "127.0.0.1";
        options.port = sessions.server.port();
        options.tls = false;
        options.fallbackHosts = new String[0];
        options.logLevel = Log.NONE;
        options.authCallback =
                params ->
                        sessions.as(user, "GET", "/api/v1/auth/ably-token", "")
                                .json()
                                .get("token")
                                .asText();
        return new AblyRealtime(options);
    }

    private interface Asked {
        void of(CompletionListener told) throws AblyException;
    }

    private static void done(Asked asked) throws Exception {
        var end = new CompletableFuture<String>();
        asked.of(
                new CompletionListener() {
                    @Override
                    public void onSuccess() {
                        end.complete("success");
                    }

                    @Override
                    public void onError(ErrorInfo reason) {
                        end.complete(reason.message);
                    }
                });
        assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo("success");
    }

    @Test
    void nobodyPublishesWhereOnlyPresenceIs() {
        var body = "{\"channel\":\"" + channel + ":presence\",\"payload\":{\"type\":\"x.y\"}}";
        var answer = sessions.server.publish(body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("no publications");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "partner.signed_compact | Partner is ready |"
                        + " They signed the Curiosity Compact. Your turn!",
                "partner.stage_completed | Partner finished a stage |"
                        + " They completed their work. Check in when ready.",
                "session.paused | Break | Take five."
            })
    void aPushHasTheTextOfItsEventAndItsData(String event, String title, String body) {
        var phone = sessions.phone(bob);
        assertThat(tell(event, "{\"stage\":2,\"sessionId\":\"other\"}"))
                .isEqualTo("{\"delivery\":\"push\"}");
        var push = pushed(phone);
        assertThat(push.title()).isEqualTo(title);
        assertThat(push.body()).isEqualTo(body);
        assertThat(push.sound()).isEqualTo("default");
        assertThat(push.data())
                .isEqualTo(
                        Json.read(
                                "{\"stage\":2,\"sessionId\":\""
                                        + id
                                        + "\",\"event\":\""
                                        + event
                                        + "\"}"));
    }

    @Test
    void dataThatAreTooLargeStayBehind() {
        var phone = sessions.phone(bob);
        assertThat(tell("agreement.proposed", "{\"text\":\"" + "x".repeat(4_000) + "\"}"))
                .isEqualTo("{\"delivery\":\"push\"}");
        assertThat(pushed(phone).data())
                .isEqualTo(
                        Json.read(
                                "{\"sessionId\":\"" + id + "\",\"event\":\"agreement.proposed\"}"));
    }

    @Test
    void withoutADeviceItIsSkipped() {
        assertThat(tell("session.resolved", "{}"))
                .isEqualTo("{\"delivery\":\"skipped\",\"reason\":\"no_push_token\"}");
        var phone = sessions.phone(bob);
        var removal = "{\"pushToken\":\"" + phone + "\"}";
        assertThat(sessions.as(bob, "DELETE", "/api/v1/auth/push-token", removal).status())
                .isEqualTo(204);
        assertThat(tell("session.resolved", "{}")).contains("skipped");
    }

    @Test
    void aDeviceThatIsGoneIsSkippedFromThenOn() {
        var phone = sessions.phone(bob);
        sessions.expo.refuse(phone, "DeviceNotRegistered");
        assertThat(tell("session.resolved", "{}")).isEqualTo("{\"delivery\":\"push\"}");
        await().until(() -> tell("session.resolved", "{}").contains("skipped"));
        assertThat(sessions.server.metric("fanfare_push_tokens_removed_total")).isPositive();
        assertThat(
                        sessions.server.metric(
                                "fanfare_push_failures_total{reason=\"device_not_registered\"}"))
                .isPositive();
    }

    @Test
    void aPartnerIsNudgedOnceInSixHoursAndEventsGoOn() {
        var phone = sessions.phone(bob);
        assertThat(nudge(bob).body()).isEqualTo("{\"delivery\":\"push\"}");
        var early = nudge(bob);
        assertThat(early.problem()).isEqualTo("429 too_many_requests nudge more");
        assertThat(Integer.parseInt(early.header("retry-after"))).isBetween(21_500, 21_600);
        assertThat(tell("session.paused", "{}")).contains("push");
        await().until(() -> sessions.expo.taken(phone).size() == 2);
        assertThat(sessions.expo.taken(phone).getFirst().data().get("event").asText())
                .isEqualTo("nudge");
    }

    @Test
    void aNudgeThatGoesNowhereDoesNotCount() {
        assertThat(nudge(bob).body()).contains("skipped");
        sessions.phone(bob);
        assertThat(nudge(bob).body()).contains("push");
        assertThat(nudge(alice).problem()).isEqualTo("400 bad_request partnerId " + alice);
        assertThat(nudge("stranger").problem()).isEqualTo("400 bad_request partnerId stranger");
    }

    @ParameterizedTest
    @ValueSource(strings = {"phone", "ExponentPushToken[]", "ExponentPushToken[a b]"})
    void refusesWhatIsNoTokenOfExpo(String token) {
        var answer = sessions.as(alice, "POST", "/api/v1/auth/push-token", registration(token));
        assertThat(answer.problem()).isEqualTo("400 bad_request pushToken another text");
        assertThat(answer.json().get("expected").asText()).contains("ExponentPushToken[");
    }

    @Test
    void aDeviceSaysWhatItIs() {
        var body = "{\"pushToken\":\"ExpoPushToken[a]\",\"platform\":\"fax\"}";
        assertThat(sessions.as(alice, "POST", "/api/v1/auth/push-token", body).problem())
                .isEqualTo("400 bad_request platform \"fax\"");
        assertThat(sessions.ask("POST", "/api/v1/auth/push-token", body).status()).isEqualTo(401);
    }

    @Test
    void aTokenForAblysClientsOpensTheUsersSessionsAndNothingElse() {
        var answer = sessions.as(alice, "GET", "/api/v1/auth/ably-token", "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        var details = answer.json();
        var claims = claims(details.get("token").asText());
        assertThat(details.get("clientId").asText()).isEqualTo(alice);
        assertThat(claims.get("x-ably-clientId").asText()).isEqualTo(alice);
        assertThat(details.get("expires").asLong() - details.get("issued").asLong())
                .isEqualTo(3_600_000);
        assertThat(claims.get("x-ably-capability")).isEqualTo(details.get("capability"));
        assertThat(details.get("capability").asText())
                .isEqualTo(
                        "{\""
                                + channel
                                + "\":[\"subscribe\",\"publish\"],\""
                                + channel
                                + ":presence\":[\"subscribe\",\"presence\"]}");
        assertThat(sessions.as(somebody("carol"), "GET", "/api/v1/auth/ably-token", "").problem())
                .isEqualTo("409 no_sessions sessions none");
    }

    @Test
    void aTokenOfAllTheSessionsItMayNameFitsIntoAFirstLine() {
        for (int i = 10; i < 51; i++) {
            var body = "{\"id\":\"" + somebody("x".repeat(50) + i) + "\",\"members\":";
            var created =
                    sessions.asBackend(
                            "POST", "/api/v1/sessions", body + SessionServer.list(bob) + "}");
            assertThat(created.status()).as(created.body()).isEqualTo(201);
        }
        var details = sessions.as(bob, "GET", "/api/v1/auth/ably-token", "").json();
        assertThat(Json.read(details.get("capability").asText())).hasSize(80);
        var token = details.get("token").asText();
        assertThat(token.length()).isLessThan(14_000);
        try (var socket = sessions.server.socket("/?v=5&format=json&access_token=" + token)) {
            assertThat(socket.json().get("action").asInt()).isEqualTo(4);
        }
    }

    @Test
    void withThatTokenAMemberPublishesInTheirSessionsAlone() {
        var details = sessions.as(alice, "GET", "/api/v1/auth/ably-token", "").json();
        var token = details.get("token").asText().getBytes(UTF_8);
        var credential = "Authorization: Bearer " + Base64.getEncoder().encodeToString(token);
        var message = "{\"name\":\"session.paused\",\"data\":{\"n\":1}}";
        try (var socket = sessions.listen(bob, channel, id)) {
            var own = "/channels/" + channel + "/messages";
            var published =
                    sessions.ask(
                            "POST", own, message, credential, "Content-Type: application/json");
            assertThat(published.status()).as(published.body()).isEqualTo(201);
            assertThat(socket.json())
                    .isEqualTo(Json.read("{\"type\":\"session.paused\",\"data\":{\"n\":1}}"));
        }
        var other = "/channels/beheard:session:other/messages";
        var refused =
                sessions.ask("POST", other, message, credential, "Content-Type: application/json");
        assertThat(refused.json().at("/error/code").asInt()).isEqualTo(40160);
    }

    @Test
    void aBackendInJavaTellsPartners() {
        var backend =
                new Sessions(
                        RealtimeConfig.of(
                                "http://127.0.0.1:" + sessions.server.port(), Development.API_KEY));
        var made = backend.create(alice, bob);
        try (var socket = sessions.listen(bob, "beheard:session:" + made, made)) {
            backend.publishSessionEvent(made, "session.paused", Map.of("n", 1));
            assertThat(socket.text()).isEqualTo("{\"type\":\"session.paused\",\"data\":{\"n\":1}}");
        }
        assertThat(backend.notifyPartner(made, bob, "session.resumed", Map.of()))
                .isEqualTo(Sessions.Delivery.SKIPPED);
        sessions.phone(bob);
        assertThat(backend.nudge(made, bob)).isEqualTo(Sessions.Delivery.PUSH);
    }

    @Test
    void aConnectionTokenNamesTheUsersSessions() {
        var answer = sessions.as(alice, "GET", "/api/v1/realtime/token", "");
        var token = answer.json().get("token").asText();
        assertThat(claims(token).get("sessions").toString()).isEqualTo("[\"" + id + "\"]");
        try (var socket = sessions.server.socket("/ws?token=" + token + "&channels=" + channel)) {
            assertThat(socket).isNotNull();
        }
        var other = "/ws?token=" + token + "&channels=beheard:session:other";
        assertThat(sessions.server.refusal(other).status()).isEqualTo(403);
    }

    /** Of the partner's, as the other one tells it. */
    private String tell(String event, String data) {
        var body =
                "{\"partnerId\":\"" + bob + "\",\"event\":\"" + event + "\",\"data\":" + data + "}";
        var answer = sessions.as(alice, "POST", "/api/v1/sessions/" + id + "/notify", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private HttpAnswer nudge(String partner) {
        var body = "{\"partnerId\":\"" + partner + "\"}";
        return sessions.as(alice, "POST", "/api/v1/sessions/" + id + "/nudge", body);
    }

    private static FakeExpo.Message pushed(String phone) {
        await().until(() -> !sessions.expo.taken(phone).isEmpty());
        return sessions.expo.taken(phone).getFirst();
    }

    private static JsonNode claims(String token) {
        var claims = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
        return Json.read(new String(claims, UTF_8));
    }
}
