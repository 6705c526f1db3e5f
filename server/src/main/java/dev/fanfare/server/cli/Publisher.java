package dev.fanfare.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/** Posts one publication to a server and reads what became of it. */
record Publisher(URI server, String token) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * @return the server's answer, JSON
     */
    String publish(String body) {
        try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var answer = client.send(request(body), BodyHandlers.ofString(UTF_8));
            if (answer.statusCode() != 200) {
                throw CommandFailure.failed(ProblemText.of(answer.statusCode(), answer.body()));
            }
            return answer.body();
        } catch (ConnectException e) {
            throw CommandFailure.failed(
                    "no server at "
                            + server
                            + "\nStart one first, for example: ./fanfare serve --dev");
        } catch (HttpTimeoutException e) {
            throw CommandFailure.failed(
                    "no answer from " + server + " within " + PATIENCE.toSeconds() + " s");
        } catch (IOException e) {
            throw CommandFailure.failed("lost the connection to " + server + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.failed("interrupted");
        }
    }

    private HttpRequest request(String body) {
        return HttpRequest.newBuilder(URI.create(base() + "/internal/publish"))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body, UTF_8))
                .build();
    }

    private String base() {
        var text = server.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
