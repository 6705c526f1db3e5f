package dev.fanfare.ably.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.protocols.ably.Formats;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RestTest {
    private final TestRest rest = new TestRest();

    @Test
    void tellsTheTimeToAnybody() {
        rest.with("authorization", null);
        var time = rest.get("/time");
        assertThat(time.tree()).isEqualTo(List.of(1_800_000_000_000L));
        assertThat(time.header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void answersInTheFormatThatIsAskedFor() {
        for (var asked : List.of("text/html, application/x-msgpack", "application/x-msgpack")) {
            var time = rest.with("accept", asked).get("/time");
            assertThat(time.header("Content-Type")).isEqualTo("application/x-msgpack");
            assertThat(time.list()).hasSize(1);
        }
        assertThat(rest.get("/time?format=json").text()).isEqualTo("[1800000000000]");
        rest.with("accept", "text/html");
        assertThat(rest.get("/time").text()).isEqualTo("[1800000000000]");
        assertThat(rest.get("/time?format=msgpack").header("Content-Type"))
                .isEqualTo("application/x-msgpack");
    }

    @Test
    void wrapsStatusAndHeadersForThoseWhoCannotSeeThem() {
        var wrapped = rest.get("/nothing?envelope=json");
        assertThat(wrapped.status()).isEqualTo(200);
        assertThat(wrapped.map().get("statusCode")).isEqualTo(404L);
        assertThat(TestRest.map(wrapped.map().get("headers"))).containsKey("X-Ably-Errorcode");
        assertThat(TestRest.map(wrapped.map().get("response"))).containsKey("error");
    }

    @Test
    void tellsErrorsInBodyAndHeaders() {
        var missing = rest.get("/nothing/here");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.code()).isEqualTo(40400);
        var error = (Map<?, ?>) missing.map().get("error");
        assertThat(error.get("code")).isEqualTo(40400L);
        assertThat(error.get("statusCode")).isEqualTo(404L);
        assertThat(error.get("message")).isEqualTo(missing.header("X-Ably-Errormessage"));

        assertThat(rest.in(Formats.MSGPACK).get("/nothing").map()).containsKey("error");
    }

    @Test
    void keepsHeadersOnOneLineWhateverTheErrorIs() {
        var broken = rest.get("/channels/%0Aone%C3%A9/messages");
        assertThat(broken.code()).isEqualTo(40010);
        assertThat(broken.header("X-Ably-Errormessage")).doesNotContain("\n").doesNotContain("é");
    }

    @Test
    void hasNothingWhereAnotherMethodIsMeant() {
        assertThat(rest.ask("DELETE", "/time", new byte[0]).code()).isEqualTo(40400);
        assertThat(rest.ask("DELETE", "/time", new byte[0]).status()).isEqualTo(404);
        assertThat(rest.get("/keys/" + TestRest.KEY + "/requestToken").code()).isEqualTo(40400);
    }

    @Test
    void refusesWhatIsNotPercentEncoded() {
        assertThat(rest.get("/channels/%zz/messages").code()).isEqualTo(40000);
        assertThat(rest.get("/time?a=%z").code()).isEqualTo(40000);
    }

    @Test
    void refusesBodiesOfAnotherType() {
        rest.with("content-type", "text/plain");
        var refused = rest.post("/channels/a/messages", Map.of("data", "x"));
        assertThat(refused.status()).isEqualTo(415);

        rest.with("content-type", "application/json; charset=utf-8");
        assertThat(rest.post("/channels/a/messages", Map.of("data", "x")).status()).isEqualTo(201);
    }

    @Test
    void takesCredentialsInAllFormsThatClientsHave() {
        rest.with("authorization", null);
        assertThat(rest.get("/stats").status()).isEqualTo(401);
        assertThat(rest.get("/stats").code()).isEqualTo(40101);
        assertThat(rest.get("/stats?key=" + TestRest.KEY).status()).isEqualTo(200);
        var keys = "/keys/app001.full/requestToken?key=" + TestRest.KEY;
        var token = (String) rest.post(keys, Map.of()).map().get("token");
        assertThat(rest.get("/stats?access_token=" + token).status()).isEqualTo(200);
        for (var sent : List.of(token, TestRest.base64(token))) {
            rest.with("authorization", "Bearer " + sent);
            assertThat(rest.get("/stats").status()).isEqualTo(200);
        }
        rest.with("authorization", "Digest whatever");
        assertThat(rest.get("/stats").code()).isEqualTo(40101);
        rest.as("app001.full:wrong");
        assertThat(rest.get("/stats").code()).isEqualTo(40101);
    }

    @Test
    void makesTokensAndTakesThemBack() {
        rest.as(TestRest.READER);
        var made = rest.post("/keys/app001.read/requestToken", Map.of("clientId", "ann"));
        assertThat(made.status()).isEqualTo(201);
        var bearer = "Bearer " + TestRest.base64((String) made.map().get("token"));
        rest.with("authorization", bearer);
        assertThat(rest.get("/channels/news:a/messages").status()).isEqualTo(200);

        rest.now.addAndGet(1);
        rest.as(TestRest.READER);
        var targets = Map.of("targets", List.of("clientId:ann"));
        var revoked = rest.post("/keys/app001.read/revokeTokens", targets);
        assertThat(revoked.map().get("successCount")).isEqualTo(1L);
        rest.with("authorization", bearer);
        assertThat(rest.get("/channels/news:a/messages").code()).isEqualTo(40141);

        assertThat(rest.post("/keys/app001.read/requestToken", List.of()).code()).isEqualTo(40000);
    }

    @Test
    void keepsNoStatistics() {
        var stats = rest.get("/stats?unit=hour");
        assertThat(stats.text()).isEqualTo("[]");
        assertThat(stats.link("first")).isEqualTo("./stats?unit=hour");
        assertThat(rest.post("/stats", List.of(Map.of())).status()).isEqualTo(201);
        assertThat(rest.as(TestRest.READER).get("/stats").code()).isEqualTo(40160);
    }

    @Test
    void makesApplicationsForTestsAndEndsThem() {
        rest.with("authorization", null);
        var made = rest.post("/apps", Map.of("keys", List.of(Map.of())));
        assertThat(made.status()).isEqualTo(201);
        var key = TestRest.map(((List<?>) made.map().get("keys")).getFirst()).get("keyStr");
        rest.as((String) key);
        assertThat(rest.get("/channels/any/messages").status()).isEqualTo(200);

        var app = "/apps/" + made.map().get("appId");
        assertThat(rest.as(TestRest.KEY).ask("DELETE", app, new byte[0]).status()).isEqualTo(401);
        assertThat(rest.as((String) key).ask("DELETE", app, new byte[0]).status()).isEqualTo(204);
        assertThat(rest.get("/channels/any/messages").code()).isEqualTo(40101);

        assertThat(rest.ask("POST", "/apps", new byte[0]).status()).isEqualTo(201);
        assertThat(rest.post("/apps", List.of()).code()).isEqualTo(40000);
    }

    @Test
    void leadsToOtherPagesWithoutWhatIsSecret() {
        rest.with("authorization", null);
        var page = rest.get("/stats?a=1,2&key=" + TestRest.KEY);
        assertThat(page.link("current")).isEqualTo("./stats?a=1%2C2");
    }
}
