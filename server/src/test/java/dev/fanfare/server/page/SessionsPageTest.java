package dev.fanfare.server.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fanfare.server.FanfareServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page with two partners of a session, as a browser gets it and in Chromium. */
@Timeout(120)
class SessionsPageTest {
    private static final Path PICTURES = Path.of("target/screenshots");

    @Test
    void aPartnerLeavesAndTheNextEventGoesToThePhone() throws Exception {
        var program = Chromium.program();
        assumeTrue(program.isPresent(), "no Chromium on the PATH: apt-get install chromium");
        try (var server = EventsPageTest.start(Map.of("dev", "true", "shutdown.drain", "100ms"));
                var browser = Chromium.start(program.get())) {
            browser.look(1240, 900, "light");
            browser.open("http://127.0.0.1:" + server.port() + "/sessions");
            browser.awaitTrue("document.querySelectorAll('[data-state=present]').length === 2");

            press(browser, "alice", "[data-part=tell] button");
            browser.awaitTrue(part("bob", "heard li") + " !== null");
            assertThat(browser.evaluate(part("bob", "heard li") + ".textContent"))
                    .contains("partner.signed_compact", "{\"from\":\"alice\"}");
            assertThat(browser.evaluate(part("alice", "went") + ".dataset.delivery"))
                    .isEqualTo("realtime");

            press(browser, "bob", "[data-part=toggle]");
            browser.awaitTrue(part("bob", "status") + ".dataset.state === 'away'");
            press(browser, "alice", "[data-part=tell] button");
            browser.awaitTrue(part("bob", "phone li") + " !== null");
            assertThat(browser.evaluate(part("bob", "phone li") + ".textContent"))
                    .contains("Partner is ready: They signed the Curiosity Compact. Your turn!");
            assertThat(browser.evaluate(part("alice", "went") + ".dataset.delivery"))
                    .isEqualTo("push");
            assertThat(browser.evaluate("document.getElementById('said').hidden"))
                    .isEqualTo("true");
            browser.screenshot(PICTURES.resolve("sessions.png"));
        }
    }

    private static void press(Chromium browser, String partner, String button) {
        browser.evaluate(
                "document.querySelector('[data-partner=" + partner + "] " + button + "').click()");
    }

    private static String part(String partner, String part) {
        var words = part.split(" ", 2);
        return "document.querySelector('[data-partner="
                + partner
                + "] [data-part="
                + words[0]
                + "]"
                + (words.length == 1 ? "" : " " + words[1])
                + "')";
    }

    @Test
    void isThereInDevelopmentModeWhereNothingIsSent() throws Exception {
        try (var server = EventsPageTest.start(Map.of("dev", "true"))) {
            assertThat(get(server, "/sessions").body())
                    .contains("\"partners\":[{\"name\":\"alice\"");
            assertThat(get(server, "/sessions/pushes").body()).isEqualTo("{\"pushes\":[]}");
            assertThat(get(server, "/").body()).contains("\"path\":\"/sessions\"");
        }
        try (var server = EventsPageTest.start(Map.of("dev", "true", "push.provider", "expo"))) {
            assertThat(get(server, "/sessions").statusCode()).isEqualTo(404);
            assertThat(get(server, "/").body()).doesNotContain("\"path\":\"/sessions\"");
        }
    }

    private static HttpResponse<String> get(FanfareServer server, String path) throws Exception {
        var address = URI.create("http://127.0.0.1:" + server.port() + path);
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
        }
    }
}
