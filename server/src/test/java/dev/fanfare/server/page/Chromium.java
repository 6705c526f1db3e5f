package dev.fanfare.server.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * The Chromium of this machine without a window, driven through its DevTools protocol: one tab. For
 * one test thread.
 */
final class Chromium implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Process process;
    private final Path profile;
    private final HttpClient http;
    private final Tab tab;

    private Chromium(Process process, Path profile, HttpClient http, Tab tab) {
        this.process = process;
        this.profile = profile;
        this.http = http;
        this.tab = tab;
    }

    /** Where it is installed; empty: it is not. */
    static Optional<Path> program() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .flatMap(
                        at ->
                                Stream.of("chromium", "chromium-browser", "google-chrome")
                                        .map(name -> Path.of(at, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Chromium start(Path program) throws Exception {
        var profile = Files.createTempDirectory("fanfare-chromium");
        var process =
                new ProcessBuilder(command(program, profile))
                        .redirectErrorStream(true)
                        .redirectOutput(profile.resolve("log").toFile())
                        .start();
        var http = HttpClient.newHttpClient();
        var tab = new Tab();
        try {
            var address = tabAddress(http, profile.resolve("DevToolsActivePort"));
            tab.socket =
                    http.newWebSocketBuilder().buildAsync(address, tab).get(20, TimeUnit.SECONDS);
        } catch (Exception failure) {
            process.destroyForcibly();
            throw failure;
        }
        return new Chromium(process, profile, http, tab);
    }

    private static List<String> command(Path program, Path profile) {
        return List.of(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank");
    }

    private static URI tabAddress(HttpClient http, Path portFile) {
        return Awaitility.await("a tab of Chromium")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> findTab(http, Files.readAllLines(portFile).getFirst()), uri -> true);
    }

    private static URI findTab(HttpClient http, String port) throws Exception {
        var list = URI.create("http://127.0.0.1:" + port + "/json/list");
        var answer = http.send(HttpRequest.newBuilder(list).build(), BodyHandlers.ofString());
        for (var target : JSON.readTree(answer.body())) {
            if (target.path("type").asText().equals("page")) {
                return URI.create(target.path("webSocketDebuggerUrl").asText());
            }
        }
        throw new IOException("no tab yet");
    }

    void look(int width, int height, String colors) {
        tab.call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        tab.call(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", colors))));
    }

    void open(String url) {
        tab.call("Page.navigate", Map.of("url", url));
        awaitTrue("document.readyState === 'complete' && location.href.startsWith('" + url + "')");
    }

    /** The value of a JavaScript expression, as text. */
    String evaluate(String expression) {
        var answer =
                tab.call(
                        "Runtime.evaluate",
                        Map.of(
                                "expression",
                                expression,
                                "returnByValue",
                                true,
                                "awaitPromise",
                                true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + answer.path("exceptionDetails"));
        }
        return answer.path("result").path("value").asText();
    }

    void awaitTrue(String expression) {
        Awaitility.await(expression)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> evaluate(expression).equals("true"));
    }

    void press(String key) {
        for (var type : List.of("keyDown", "keyUp")) {
            tab.call(
                    "Input.dispatchKeyEvent",
                    Map.of(
                            "type", type,
                            "key", key,
                            "code", key,
                            "text", key.equals("Enter") && type.equals("keyDown") ? "\r" : "",
                            "windowsVirtualKeyCode", key.equals("Enter") ? 13 : 9));
        }
    }

    void screenshot(Path file) throws IOException {
        var image =
                tab.call(
                        "Page.captureScreenshot",
                        Map.of("format", "png", "captureBeyondViewport", true));
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(image.path("data").asText()));
    }

    @Override
    public void close() {
        tab.socket.abort();
        http.shutdownNow();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> delete(profile));
    }

    private static boolean delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : new ArrayList<>(files.sorted(Comparator.reverseOrder()).toList())) {
                Files.delete(file);
            }
        }
        return true;
    }

    /** Calls and their answers. */
    private static final class Tab implements WebSocket.Listener {
        private final AtomicInteger calls = new AtomicInteger();
        private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
        private final StringBuilder message = new StringBuilder();
        private WebSocket socket;

        JsonNode call(String method, Map<String, ?> parameters) {
            int id = calls.incrementAndGet();
            var answer = new CompletableFuture<JsonNode>();
            answers.put(id, answer);
            try {
                var call = Map.of("id", id, "method", method, "params", parameters);
                socket.sendText(JSON.writeValueAsString(call), true).get(20, TimeUnit.SECONDS);
                var said = answer.get(20, TimeUnit.SECONDS);
                if (said.has("error")) {
                    throw new AssertionError(method + ": " + said.path("error"));
                }
                return said.path("result");
            } catch (Exception failure) {
                throw new AssertionError(method, failure);
            }
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                try {
                    var said = JSON.readTree(message.toString());
                    var answer = answers.remove(said.path("id").asInt());
                    if (answer != null) {
                        answer.complete(said);
                    }
                } catch (IOException unreadable) {
                    throw new AssertionError(unreadable);
                }
                message.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
