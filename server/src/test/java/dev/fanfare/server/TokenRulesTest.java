package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSAlgorithm;
import dev.fanfare.server.access.JwksServer;
import dev.fanfare.server.access.Secret;
import dev.fanfare.server.access.SignedTokens;
import dev.fanfare.server.access.Signer;
import dev.fanfare.server.config.Development;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens let a client in, and what the others are told, over the compatible protocol. */
class TokenRulesTest {
    private static final String OTHER = "another-secret-of-more-than-thirty-two-bytes";
    private static final String CHANNELS =
            """
            channels:
              - { pattern: "news:{id}", variables: { id: slug }, subscribe: nobody }
              - { pattern: "open:{id}", variables: { id: slug }, subscribe: everyone, presence: true }
            """;

    private final TestClock clock = new TestClock();
    private final JwksServer issuer = new JwksServer();
    private RunningServer server;

    @AfterEach
    void stop() {
        server.close();
        issuer.close();
    }

    private void start(String yaml) {
        server = RunningServer.start(clock, yaml + CHANNELS);
    }

    @Test
    void tellsAnExpiredTokenByAnError() {
        start("");

        assertThat(refusal("{\"sub\":\"42\",\"exp\":1}")).isEqualTo(109);
        assertThat(refusal("{\"sub\":\"42\",\"nbf\":" + (now() + 1) + "}")).isEqualTo(109);
        assertThat(refusal("{\"sub\":\"42\",\"expire_at\":1}")).isEqualTo(109);
    }

    @Test
    void endsTheConnectionForAnInvalidToken() {
        start("token: { audience: fanfare, issuer-regex: 'https://[a-z]+\\.example' }\n");
        var good = "{\"sub\":\"42\",\"aud\":[\"fanfare\"],\"iss\":\"https://id.example\"}";

        assertThat(connected(signed(good))).isTrue();
        assertThat(ending(signed(OTHER, good))).isEqualTo(3500);
        assertThat(ending(signed(good.replace("fanfare", "other")))).isEqualTo(3500);
        assertThat(ending(signed(good.replace("https", "http")))).isEqualTo(3500);
        assertThat(ending(signed(good.replace("\"sub\"", "\"channel\":\"open:1\",\"sub\""))))
                .isEqualTo(3500);
        assertThat(ending(signed(good.replace("\"42\"", "[]")))).isEqualTo(3500);
        assertThat(ending(Signer.of("ES256").token(good))).isEqualTo(3500);
        assertThat(ending("nonsense")).isEqualTo(3500);
    }

    @Test
    void holdsPlainClientsToTheSame() {
        start("token.audience: fanfare\n");
        var target = "/ws?channels=open:1&token=";

        server.socket(target + signed("{\"sub\":\"42\",\"aud\":\"fanfare\"}")).close();
        var refused = server.refusal(target + signed("{\"sub\":\"42\",\"aud\":\"other\"}"));
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body()).contains("another audience");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "ES256", "EdDSA"})
    void takesTokensOfAPublishedKey(String algorithm) {
        var signer = Signer.of(algorithm);
        issuer.publish(signer.jwk());
        start("token.jwks.url: " + issuer.url() + "\n");

        assertThat(connected(signer.token("{\"sub\":\"42\"}"))).isTrue();
        assertThat(connected(signed("{\"sub\":\"42\"}"))).isTrue();
        assertThat(ending(Signer.of(algorithm).token("{\"sub\":\"42\"}"))).isEqualTo(3500);
    }

    @Test
    void followsARotationWithoutARestart() {
        var first = Signer.of("ES256", "first");
        var second = Signer.of("ES256", "second");
        issuer.publish(first.jwk());
        start("token.jwks.url: " + issuer.url() + "\n");
        connected(first.token("{\"sub\":\"42\"}"));

        issuer.publish(second.jwk());
        clock.advance(Duration.ofSeconds(10));
        assertThat(connected(second.token("{\"sub\":\"42\"}"))).isTrue();
    }

    @Test
    void sendsClientsBackLaterWhileKeysCannotBeHadAndServesTheOthers() {
        var signer = Signer.of("ES256");
        issuer.publish(signer.jwk());
        start("token.jwks: { url: " + issuer.url() + ", timeout: 200ms }\n");
        issuer.hold();

        assertThat(ending(signer.token("{\"sub\":\"42\"}"))).isEqualTo(3004);
        var plain = server.refusal("/ws?token=" + signer.token("{\"sub\":\"43\"}"));
        assertThat(plain.status()).isEqualTo(503);
        assertThat(connected(signed("{\"sub\":\"42\"}"))).isTrue();
        assertThat(issuer.requests()).isOne();
    }

    @Test
    void waitsForKeysWithoutHoldingUpOthers() {
        var signer = Signer.of("ES256");
        issuer.publish(signer.jwk());
        start("event-loops: 1\ntoken.jwks.url: " + issuer.url() + "\n");
        var gate = issuer.hold();

        try (var waiting = socket()) {
            waiting.send(connect(signer.token("{\"sub\":\"42\"}")));
            assertThat(connected(signed("{\"sub\":\"43\"}"))).isTrue();
            gate.countDown();
            assertThat(waiting.json().at("/connect/client").asText()).isNotEmpty();
        }
    }

    @Test
    void letsAClientRefreshLaterWhileKeysCannotBeHad() {
        var signer = Signer.of("ES256");
        issuer.say(503, "");
        start("token.jwks.url: " + issuer.url() + "\n");

        try (var socket = in()) {
            var refresh = "{\"id\":2,\"refresh\":{\"token\":\"%s\"}}";
            var token = signer.token("{\"sub\":\"42\"}");
            assertThat(error(socket, refresh.formatted(token))).isEqualTo(100);
            issuer.publish(signer.jwk());
            clock.advance(Duration.ofSeconds(10));
            assertThat(socket.ask(refresh.formatted(token)).has("refresh")).isTrue();
        }
    }

    @Test
    void takesThePreviousSecretUntilItsEnd() {
        start(
                "token: { previous-secret: %s, previous-secret-until: %d }\n"
                        .formatted(OTHER, now() + 60));

        assertThat(connected(signed(OTHER, "{\"sub\":\"42\"}"))).isTrue();
        clock.advance(Duration.ofSeconds(60));
        assertThat(ending(signed(OTHER, "{\"sub\":\"42\"}"))).isEqualTo(3500);
        assertThat(connected(signed("{\"sub\":\"42\"}"))).isTrue();
    }

    @Test
    void takesAnySignatureWhereItIsToldTo() {
        start("token.skip-signature-verification: true\n");

        assertThat(connected(signed(OTHER, "{\"sub\":\"42\"}"))).isTrue();
        assertThat(refusal("{\"sub\":\"42\",\"exp\":1}")).isEqualTo(109);
    }

    @Test
    void letsAConnectionOutliveItsTokenWhereTheTokenSaysSo() {
        start("");
        var claims = "{\"sub\":\"42\",\"exp\":%d,\"expire_at\":%s}";

        try (var endless = socket()) {
            var told =
                    endless.ask(connect(signed(claims.formatted(now() + 60, "0")))).get("connect");
            assertThat(told.has("expires")).isFalse();
        }
        try (var longer = socket()) {
            var token = signed(claims.formatted(now() + 60, now() + 3600));
            assertThat(longer.ask(connect(token)).at("/connect/ttl").asInt()).isEqualTo(3600);
        }
    }

    @Test
    void readsTokensOfSingleChannelsWithTheKeysOfConnections() {
        start("");
        var claims = "{\"sub\":\"42\",\"channel\":\"news:1\"}";

        try (var socket = in()) {
            assertThat(error(socket, subscribe("news:1", signed(OTHER, claims)))).isEqualTo(103);
            assertThat(
                            error(
                                    socket,
                                    subscribe(
                                            "news:1", signed(claims.replace("}", ",\"exp\":1}")))))
                    .isEqualTo(109);
            assertThat(socket.ask(subscribe("news:1", signed(claims))).has("subscribe")).isTrue();
        }
    }

    @Test
    void readsTokensOfSingleChannelsWithKeysOfTheirOwn() {
        start("subscription-token.secret: " + OTHER + "\n");
        var claims = "{\"sub\":\"42\",\"channel\":\"news:1\"}";

        try (var socket = in()) {
            assertThat(error(socket, subscribe("news:1", signed(claims)))).isEqualTo(103);
            assertThat(socket.ask(subscribe("news:1", signed(OTHER, claims))).has("subscribe"))
                    .isTrue();
        }
        assertThat(ending(signed(OTHER, "{\"sub\":\"42\"}"))).isEqualTo(3500);
    }

    @Test
    void endsTheConnectionForAnotherChannelsToken() {
        start("");

        try (var socket = in()) {
            socket.send(subscribe("news:1", signed("{\"sub\":\"42\",\"channel\":\"news:2\"}")));
            assertThat(socket.ending().code()).isEqualTo(3500);
        }
    }

    @Test
    void passesOnWhatATokenTells() {
        start("");
        var claims =
                """
                {"sub": "42", "info": {"name": "Ann", "n": 1.50},
                 "subs": {"open:1": {"data": {"z": 1, "a": 2}, "info": {"seat": 7}}}}
                """;

        try (var socket = socket()) {
            socket.send(connect(signed(claims)));
            var text = socket.text();
            assertThat(text).contains("\"data\":{\"z\":1,\"a\":2}");
            socket.send("{\"id\":2,\"presence\":{\"channel\":\"open:1\"}}");
            assertThat(socket.text())
                    .contains("\"conn_info\":{\"name\":\"Ann\",\"n\":1.50}")
                    .contains("\"chan_info\":{\"seat\":7}");
        }
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    private static String signed(String claims) {
        return signed(Development.TOKEN_SECRET, claims);
    }

    private static String signed(String secret, String claims) {
        return SignedTokens.sign(JWSAlgorithm.HS256, new Secret(secret), claims);
    }

    private TestSocket socket() {
        return server.socket("/connection/websocket");
    }

    /** A client of user 42. */
    private TestSocket in() {
        var socket = socket();
        assertThat(socket.ask(connect(server.token("42", Map.of()))).has("connect")).isTrue();
        return socket;
    }

    private boolean connected(String token) {
        try (var socket = socket()) {
            return socket.ask(connect(token)).has("connect");
        }
    }

    private int ending(String token) {
        try (var socket = socket()) {
            socket.send(connect(token));
            return socket.ending().code();
        }
    }

    private int refusal(String claims) {
        try (var socket = socket()) {
            return error(socket, connect(signed(claims)));
        }
    }

    private static int error(TestSocket socket, String command) {
        JsonNode answer = socket.ask(command);
        return answer.at("/error/code").asInt();
    }

    private static String connect(String token) {
        return "{\"id\":1,\"connect\":{\"token\":\"" + token + "\"}}";
    }

    private static String subscribe(String channel, String token) {
        return "{\"id\":2,\"subscribe\":{\"channel\":\"%s\",\"token\":\"%s\"}}"
                .formatted(channel, token);
    }
}
