package dev.fanfare.server.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fanfare.server.FanfareServer;
import dev.fanfare.server.config.Development;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page in Chromium, where there is one. Its pictures are in {@code target/screenshots}. */
@Timeout(120)
class EventsPageBrowserTest {
    private static final Path PICTURES = Path.of("target/screenshots");

    private FanfareServer server;
    private Chromium browser;

    @BeforeEach
    void openPage() throws Exception {
        var program = Chromium.program();
        assumeTrue(program.isPresent(), "no Chromium on the PATH: apt-get install chromium");
        server = EventsPageTest.start(Map.of("dev", "true", "shutdown.drain", "100ms"));
        browser = Chromium.start(program.get());
        browser.look(1240, 900, "light");
        browser.open("http://127.0.0.1:" + server.port() + "/");
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void showsAnEventThatABackendPublishes() throws Exception {
        browser.screenshot(PICTURES.resolve("light-start.png"));
        connectWithTheKeyboard();

        publish("{\"type\":\"gift.received\",\"id\":9007199254740993,\"note\":\"<b>bold</b>\"}");

        browser.awaitTrue("document.querySelectorAll('li.event').length === 1");
        assertThat(browser.evaluate("document.querySelector('li.event').innerText"))
                .contains("gift.received", "post:123", "9007199254740993", "<b>bold</b>");
        assertThat(browser.evaluate("document.querySelectorAll('li.event b').length"))
                .isEqualTo("0");
        assertThat(browser.evaluate("document.getElementById('count').textContent")).isEqualTo("1");
    }

    @Test
    void publishesAndShowsTheNewestFirst() throws Exception {
        connectWithTheKeyboard();
        publish("{\"type\":\"gift.received\",\"id\":1}");
        browser.awaitTrue("document.querySelectorAll('li.event').length === 1");

        browser.evaluate("document.getElementById('publish-button').click()");

        browser.awaitTrue("document.querySelectorAll('li.event').length === 2");
        assertThat(browser.evaluate("document.querySelector('li.event .place').textContent"))
                .isEqualTo("offset 2");
        browser.awaitTrue("!document.getElementById('publish-said').hidden");
        takePictures("connected");
    }

    @Test
    void listensToServerSentEvents() throws Exception {
        browser.evaluate("document.getElementById('endpoint').selectedIndex = 1");
        connectWithTheKeyboard();

        publish("{\"type\":\"gift.received\"}");

        browser.awaitTrue("document.querySelectorAll('li.event').length === 1");
    }

    @Test
    void saysWhyAConnectionIsRefused() throws Exception {
        browser.evaluate("document.getElementById('channels').value = 'post:0'");

        browser.evaluate("document.getElementById('connect-button').click()");

        browser.awaitTrue("document.getElementById('status').dataset.state === 'failed'");
        assertThat(browser.evaluate("document.getElementById('connect-said').textContent"))
                .contains("post:0", "expected");
        takePictures("refused");
    }

    @Test
    void saysWhyAConnectionEnded() {
        connectWithTheKeyboard();

        server.close();

        browser.awaitTrue("document.getElementById('connect-said').innerText.includes('3001')");
        assertThat(browser.evaluate("document.getElementById('connect-said').textContent"))
                .contains("The server is shutting down");
        assertThat(browser.evaluate("document.getElementById('status').textContent"))
                .startsWith("Reconnecting");
    }

    private void connectWithTheKeyboard() {
        browser.evaluate("document.getElementById('channels').focus()");
        browser.press("Enter");
        browser.awaitTrue("document.getElementById('status').dataset.state === 'open'");
    }

    private void publish(String payload) throws Exception {
        var request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:" + server.port() + "/internal/publish"))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + Development.PUBLISH_TOKEN)
                        .POST(
                                BodyPublishers.ofString(
                                        "{\"channel\":\"post:123\",\"payload\":" + payload + "}"))
                        .build();
        try (var http = HttpClient.newHttpClient()) {
            assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        }
    }

    private void takePictures(String name) throws Exception {
        browser.screenshot(PICTURES.resolve("light-" + name + ".png"));
        browser.look(1240, 900, "dark");
        browser.screenshot(PICTURES.resolve("dark-" + name + ".png"));
        browser.look(390, 844, "light");
        browser.screenshot(PICTURES.resolve("narrow-" + name + ".png"));
    }
}
