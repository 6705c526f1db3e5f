package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSAlgorithm;
import dev.fanfare.server.access.Secret;
import dev.fanfare.server.access.SignedTokens;
import dev.fanfare.server.access.Signer;
import dev.fanfare.server.config.Development;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets a token to connect with, and what it says. */
class TokenEndpointTest {
    private static final String PATH = "/api/v1/realtime/token";
    private static final String ALLOWED = "https://app.example.com";

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start("origins: ['" + ALLOWED + "']\n");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aSignedInUserGetsATokenToConnectWith() {
        var answer = ask(server.token("ann"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        var json = answer.json();
        assertThat(json.get("expires_in").asLong()).isEqualTo(86_400);
        try (var socket =
                server.socket("/ws?channels=trpc:user:ann&token=" + json.get("token").asText())) {
            assertThat(publish("trpc:user:ann").status()).isEqualTo(200);
            assertThat(socket.text()).contains("query-invalidation");
        }
    }

    @Test
    void noCacheKeepsIt() {
        assertThat(ask(server.token("ann")).header("cache-control")).isEqualTo("no-store");
    }

    @Test
    void itSaysOfTheUserWhatTheBearerTokenSays() {
        var claims = Map.of("orgs", List.of("o1", 7), "sessions", List.of("s"), "role", "admin");

        var token = made(ask(server.token("ann", claims)));

        assertThat(token.get("sub").asText()).isEqualTo("ann");
        assertThat(token.get("orgs").toString()).isEqualTo("[\"o1\",7]");
        assertThat(token.get("sessions").toString()).isEqualTo("[\"s\"]");
        assertThat(token.get("role").asText()).isEqualTo("admin");
    }

    @Test
    void itHasATimeOfItsOwnAndNoChannels() {
        var claims =
                Map.of(
                        "nbf",
                        1,
                        "jti",
                        "one",
                        "channels",
                        List.of("trpc:global"),
                        "subs",
                        Map.of("trpc:global", Map.of()));

        var token = made(ask(server.token("ann", claims)));

        assertThat(token.fieldNames()).toIterable().containsOnly("sub", "iat", "exp");
        assertThat(token.get("exp").asLong() - token.get("iat").asLong()).isEqualTo(86_400);
    }

    @Test
    void howLongItHoldsIsConfigured() {
        try (var other = RunningServer.start("token.lifetime: 90s\n")) {
            var answer = other.get(PATH, bearer(other.token("ann")));

            assertThat(answer.json().get("expires_in").asLong()).isEqualTo(90);
            var token = made(answer);
            assertThat(token.get("exp").asLong() - token.get("iat").asLong()).isEqualTo(90);
        }
    }

    @Test
    void itIsAsTheServerAcceptsIt() {
        var yaml =
                """
                token.algorithms: [RS256, HS512, HS384]
                token.user-id-claim: uid
                token.audience: app
                """;
        try (var other = RunningServer.start(yaml)) {
            var claims = "{\"uid\":\"ann\",\"sub\":\"someone\",\"aud\":\"app\"}";
            var secret = new Secret(Development.TOKEN_SECRET);
            var bearer = SignedTokens.sign(JWSAlgorithm.HS512, secret, claims);

            var token = other.get(PATH, bearer(bearer)).json().get("token").asText();

            assertThat(other.get(PATH, bearer(token)).status()).isEqualTo(200);
            other.socket("/ws?channels=trpc:user:ann&token=" + token).close();
        }
    }

    @Test
    void thereIsNoneWithoutASecretToSignItWith() {
        var login = Signer.of("ES256");
        var yaml = "token:\n  algorithms: [ES256]\n  public-keys: |\n" + login.pem().indent(4);
        try (var other = RunningServer.start(yaml)) {
            assertThat(other.get(PATH, bearer(login.token("{\"sub\":\"ann\"}"))).problem())
                    .isEqualTo("503 unavailable token.secret nothing");
        }
    }

    @Test
    void withoutATokenThereIsNone() {
        assertThat(server.get(PATH).problem()).isEqualTo("401 unauthorized token nothing");
        assertThat(server.get(PATH).header("www-authenticate")).isEqualTo("Bearer");
    }

    @Test
    void norWithOneThatIsNotGood() {
        assertThat(ask("nonsense").problem()).startsWith("401 unauthorized token no signed JWT");
        assertThat(ask(server.token("ann", Duration.ofSeconds(-1))).problem())
                .isEqualTo("401 unauthorized token an expired token");
        assertThat(ask(server.token("")).problem()).isEqualTo("401 unauthorized token no user");
    }

    @ParameterizedTest
    @ValueSource(strings = {PATH, "/ws?channels=trpc:global", "/sse?channels=trpc:global"})
    void aTokenForOneChannelIsNoneToConnectWith(String target) {
        var token = server.token("ann", Map.of("channel", "trpc:global"));

        assertThat(server.refusal(target, bearer(token)).problem())
                .isEqualTo("401 unauthorized token a token for one channel");
    }

    @Test
    void pagesOfAllowedOriginsMayReadTheAnswer() {
        var answer = server.get(PATH, bearer(server.token("ann")), "Origin: " + ALLOWED);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("access-control-allow-origin")).isEqualTo(ALLOWED);

        var refused = server.get(PATH, "Origin: " + ALLOWED);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("access-control-allow-origin")).isEqualTo(ALLOWED);

        var preflight = server.request("OPTIONS", PATH, "Origin: " + ALLOWED);
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("access-control-allow-origin")).isEqualTo(ALLOWED);
        assertThat(preflight.header("access-control-allow-headers")).isEqualTo("Authorization");
    }

    @Test
    void otherPagesMayNot() {
        var evil = "Origin: https://evil.example";
        var answer = server.get(PATH, bearer(server.token("ann")), evil);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.headers()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void itIsOnThePublicPortAlone() {
        try (var other = RunningServer.start("internal-port: 0\n")) {
            var credential = bearer(other.token("ann"));
            assertThat(other.get(PATH, credential).status()).isEqualTo(200);
            var inside = RunningServer.request(other.internalPort(), "GET", PATH, credential);
            assertThat(inside.status()).isEqualTo(404);
        }
    }

    private static HttpAnswer ask(String token) {
        return server.get(PATH, bearer(token));
    }

    private static String bearer(String token) {
        return "Authorization: Bearer " + token;
    }

    private static JsonNode made(HttpAnswer answer) {
        var parts = answer.json().get("token").asText().split("\\.", -1);
        var claims = Base64.getUrlDecoder().decode(parts[1]);
        return Json.read(new String(claims, StandardCharsets.UTF_8));
    }

    private static HttpAnswer publish(String channel) {
        return server.publish(
                "{\"channel\":\""
                        + channel
                        + "\",\"payload\":{\"type\":\"query-invalidation\",\"queryKey\":[]}}");
    }
}
