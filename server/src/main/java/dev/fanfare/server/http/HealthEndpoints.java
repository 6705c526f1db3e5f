package dev.fanfare.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code /health/live}: the process runs. {@code /health/ready}, and {@code /health} for whoever
 * asks as Centrifugo is asked: send clients here.
 */
public final class HealthEndpoints {
    private final Supplier<Optional<String>> unready;

    /**
     * @param unready why the server takes nobody in at the moment; empty: it does
     */
    public HealthEndpoints(Supplier<Optional<String>> unready) {
        this.unready = unready;
    }

    public void live(HttpServerRequest request) {
        Answers.json(request, 200, "{\"status\":\"live\"}".getBytes(UTF_8));
    }

    public void ready(HttpServerRequest request) {
        unready.get()
                .ifPresentOrElse(
                        why ->
                                Answers.problem(
                                        request, Problem.unavailable("server", why, "ready")),
                        () -> Answers.json(request, 200, "{\"status\":\"ready\"}".getBytes(UTF_8)));
    }
}
