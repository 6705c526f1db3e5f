package dev.fanfare.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.harness.FakeExpo;
import dev.fanfare.server.config.Development;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A server with sessions, and Expo's service beside it. */
final class SessionServer implements AutoCloseable {
    private static final AtomicInteger NAMES = new AtomicInteger();

    final FakeExpo expo = new FakeExpo();
    final RunningServer server;

    /**
     * @param yaml lines of a configuration with applications
     */
    SessionServer(String yaml) {
        server =
                RunningServer.start(
                        yaml
                                + "push.provider: expo\npush.expo.url: "
                                + expo.url()
                                + "\npush.expo.access-token: expo-secret\n");
        expo.requireAccessToken("expo-secret");
    }

    /** Somebody whom no other test knows. */
    static String somebody(String name) {
        return name + "-" + NAMES.incrementAndGet();
    }

    String session(String... members) {
        var created = asBackend("POST", "/api/v1/sessions", "{\"members\":" + list(members) + "}");
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        return created.json().get("id").asText();
    }

    static String list(String... texts) {
        return texts.length == 0 ? "[]" : "[\"" + String.join("\",\"", texts) + "\"]";
    }

    HttpAnswer asBackend(String method, String path, String body) {
        return ask(method, path, body, "X-API-Key: " + Development.API_KEY);
    }

    HttpAnswer as(String user, String method, String path, String body) {
        return ask(method, path, body, "Authorization: Bearer " + server.token(user));
    }

    HttpAnswer ask(String method, String path, String body, String... headers) {
        try (var wire = server.connect()) {
            wire.request(method, path, body.getBytes(UTF_8), headers);
            return wire.answer();
        }
    }

    /** A phone of the user's, and its token. */
    String phone(String user) {
        var token = "ExponentPushToken[" + user + "]";
        var answer = as(user, "POST", "/api/v1/auth/push-token", registration(token));
        assertThat(answer.status()).as(answer.body()).isEqualTo(204);
        return token;
    }

    static String registration(String token) {
        return "{\"pushToken\":\"" + token + "\",\"platform\":\"ios\"}";
    }

    /** Listens on the channels of these sessions. */
    TestSocket listen(String user, String channels, String... sessions) {
        var token = server.token(user, Map.of("sessions", List.of(sessions)));
        return server.socket("/ws?token=" + token + "&channels=" + channels);
    }

    @Override
    public void close() {
        server.close();
        expo.close();
    }
}
