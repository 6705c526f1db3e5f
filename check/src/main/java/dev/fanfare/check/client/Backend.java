package dev.fanfare.check.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.check.client.PublishWay.Letter;
import dev.fanfare.check.client.PublishWay.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** What backends ask of nodes over HTTP, each question once. Thread-safe. */
public final class Backend implements AutoCloseable {
    private static final int TEMPORARY = 100;

    private final Site site;
    private final HttpClient client;

    public Backend(Site site) {
        this.site = site;
        client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(site.patience())
                        .build();
    }

    /** {@code POST /internal/publish}. */
    Outcome publish(Address node, Letter letter) {
        var body = Json.object().put("channel", letter.channel());
        body.set("payload", Json.payload(letter.message()));
        if (letter.key() != null) {
            body.put("id", letter.key());
        }
        try {
            var credential = "Bearer " + site.secrets().publish();
            var answer = post(node, "/internal/publish", "Authorization", credential, body);
            return switch (answer.statusCode()) {
                case 200 -> new Outcome.Acknowledged(Json.position(Json.read(answer.body())));
                case 400, 401, 404, 413 -> new Outcome.Refused(answer.body());
                default -> new Outcome.Unknown(answer.statusCode() + " " + answer.body());
            };
        } catch (IOException lost) {
            return new Outcome.Unknown(lost.toString());
        }
    }

    /** {@code POST /api/publish}. */
    Outcome publishByApi(Address node, Letter letter) {
        var parameters = Json.object().put("channel", letter.channel());
        parameters.set("data", Json.payload(letter.message()));
        if (letter.key() != null) {
            parameters.put("idempotency_key", letter.key());
        }
        try {
            return new Outcome.Acknowledged(Json.position(ask(node, "publish", parameters)));
        } catch (Failed failed) {
            return failed.code == TEMPORARY
                    ? new Outcome.Unknown(String.valueOf(failed.getMessage()))
                    : new Outcome.Refused(String.valueOf(failed.getMessage()));
        } catch (IOException lost) {
            return new Outcome.Unknown(lost.toString());
        }
    }

    /**
     * The result of a method of the server API.
     *
     * @throws Failed where it is an error
     */
    JsonNode ask(Address node, String method, ObjectNode parameters) throws IOException {
        var answer = post(node, "/api/" + method, "X-API-Key", site.secrets().api(), parameters);
        if (answer.statusCode() != 200) {
            throw new IOException(answer.statusCode() + " " + answer.body());
        }
        var body = Json.read(answer.body());
        if (body.has("error")) {
            throw new Failed(body.path("error"));
        }
        return body.path("result");
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }

    private HttpResponse<String> post(
            Address node, String path, String header, String value, JsonNode body)
            throws IOException {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + path))
                        .timeout(site.patience())
                        .header("Content-Type", "application/json")
                        .header(header, value)
                        .POST(BodyPublishers.ofString(Json.text(body)))
                        .build();
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    /** The server API says that it does not do it. */
    static final class Failed extends IOException {
        private static final long serialVersionUID = 1;

        private final int code;

        Failed(JsonNode error) {
            super(error.toString());
            code = error.path("code").asInt();
        }
    }
}
