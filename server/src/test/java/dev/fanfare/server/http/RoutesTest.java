package dev.fanfare.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoutesTest {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newBuilder().version(Version.HTTP_1_1).build();
    private final int port =
            vertx.createHttpServer()
                    .requestHandler(
                            new Routes()
                                    .addPage(
                                            "/page",
                                            request ->
                                                    Answers.json(
                                                            request,
                                                            200,
                                                            "{}".getBytes(StandardCharsets.UTF_8)))
                                    .add(
                                            HttpMethod.GET,
                                            "/broken",
                                            request -> {
                                                throw new IllegalStateException("broken");
                                            })
                                    .addWhere(
                                            request -> request.path().startsWith("/page"),
                                            request ->
                                                    Answers.json(
                                                            request,
                                                            200,
                                                            "[]".getBytes(StandardCharsets.UTF_8))))
                    .listen(0, "127.0.0.1")
                    .await()
                    .actualPort();

    @AfterEach
    void stop() {
        client.close();
        vertx.close().await();
    }

    @Test
    void answersWhereAHandlerFails() throws Exception {
        var answer = send("GET", "/broken");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.headers().firstValue("content-type")).hasValue(Problem.MEDIA_TYPE);
        assertThat(answer.body()).contains("\"code\":\"internal\"").doesNotContain("broken");
    }

    @Test
    void headIsGetWithoutTheBody() throws Exception {
        assertThat(send("GET", "/page").body()).isEqualTo("{}");

        var answer = send("HEAD", "/page");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void namesTheMethodsThatAPathTakes() throws Exception {
        var answer = send("POST", "/page");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).hasValue("GET, HEAD");
    }

    @Test
    void pathsWithVariablePartsComeAfterThoseThatAreAdded() throws Exception {
        assertThat(send("GET", "/page").body()).isEqualTo("{}");
        assertThat(send("DELETE", "/page/7").body()).isEqualTo("[]");
        assertThat(send("GET", "/else").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> send(String method, String path)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }
}
