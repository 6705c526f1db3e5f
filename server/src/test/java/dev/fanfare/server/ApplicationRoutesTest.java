package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What holds for every route of the applications, shown on the wallet's. */
class ApplicationRoutesTest {
    private static final String ALLOWED = "https://app.example.com";

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server =
                RunningServer.start(
                        "applications.enabled: true\n"
                                + "applications.body-limit: 1KiB\n"
                                + ("origins: ['" + ALLOWED + "']\n"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theyWantAToken() {
        var answer = server.get("/api/wallet");
        assertThat(answer.problem()).isEqualTo("401 unauthorized token nothing");
        assertThat(answer.header("www-authenticate")).isEqualTo("Bearer");
        assertThat(server.get("/api/wallet", bearer("42")).status()).isEqualTo(200);
    }

    @Test
    void moneyBelongsToUsersWhoseIdIsANumber() {
        assertThat(server.get("/api/wallet", bearer("alice")).problem())
                .isEqualTo("403 forbidden token user alice");
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertThat(server.get("/api/nowhere").problem())
                .isEqualTo("404 not_found path /api/nowhere");
        var answer = server.request("DELETE", "/api/wallet");
        assertThat(answer.problem()).isEqualTo("405 method_not_allowed method DELETE");
        assertThat(answer.header("allow")).isEqualTo("GET");
    }

    @Test
    void largeBodiesAreRefused() {
        try (var wire = server.connect()) {
            wire.request("GET", "/api/wallet", new byte[1100], bearer("1"));
            assertThat(wire.answer().problem()).startsWith("413 body_too_large");
        }
    }

    @Test
    void pagesOfAllowedOriginsMayUseThem() {
        var preflight =
                server.request(
                        "OPTIONS",
                        "/api/wallet",
                        "Origin: " + ALLOWED,
                        "Access-Control-Request-Method: GET");
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("access-control-allow-methods")).isEqualTo("GET");
        var answer = server.get("/api/wallet", bearer("42"), "Origin: " + ALLOWED);
        assertThat(answer.header("access-control-allow-origin")).isEqualTo(ALLOWED);
        assertThat(
                        server.get("/api/wallet", bearer("42"), "Origin: https://evil.example")
                                .problem())
                .startsWith("403 forbidden Origin");
    }

    @Test
    void requestsAreCounted() {
        var sample =
                "fanfare_application_requests_seconds_count{route=\"GET"
                        + " /api/wallet\",status=\"200\"}";
        double before = server.metric(sample);
        server.get("/api/wallet", bearer("42"));
        await().untilAsserted(() -> assertThat(server.metric(sample)).isGreaterThan(before));
    }

    private static String bearer(String user) {
        return "Authorization: Bearer " + server.token(user);
    }
}
