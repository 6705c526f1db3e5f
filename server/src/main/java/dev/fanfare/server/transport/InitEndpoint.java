package dev.fanfare.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.server.http.Answers;
import dev.fanfare.server.http.Routes;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** Says that there is a server: for clients that try the way before they connect. */
public final class InitEndpoint {
    private static final byte[] NOTHING = "{}".getBytes(UTF_8);

    private final CrossOrigin crossOrigin;

    public InitEndpoint(Gate gate) {
        crossOrigin = new CrossOrigin(gate.origins());
    }

    public void addTo(Routes routes, String path) {
        routes.add(HttpMethod.GET, path, this::handle)
                .add(
                        HttpMethod.OPTIONS,
                        path,
                        request -> crossOrigin.preflight(request, "GET", "Content-Type"));
    }

    private void handle(HttpServerRequest request) {
        if (crossOrigin.admit(request)) {
            Answers.json(request, 200, NOTHING);
        }
    }
}
