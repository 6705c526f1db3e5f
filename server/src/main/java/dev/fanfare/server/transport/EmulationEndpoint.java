package dev.fanfare.server.transport;

import dev.fanfare.protocols.centrifuge.EmulationRequest;
import dev.fanfare.server.http.Answers;
import dev.fanfare.server.http.Problem;
import dev.fanfare.server.http.RequestLoop;
import dev.fanfare.server.http.Routes;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;

/**
 * {@code POST /emulation}: commands of clients whose connection is a response without an end, which
 * has their answers. 204 says that they are handled.
 */
final class EmulationEndpoint {
    private static final String PATH = "/emulation";

    private final Lobby lobby;
    private final StreamRequests requests;

    EmulationEndpoint(Lobby lobby, StreamRequests requests) {
        this.lobby = lobby;
        this.requests = requests;
    }

    void addTo(Routes routes) {
        requests.addPost(routes, PATH, this::handle);
    }

    private void handle(HttpServerRequest request, byte[] body) {
        if (requests.crossOrigin().admit(request)) {
            read(request, body);
        }
    }

    private void read(HttpServerRequest request, byte[] body) {
        EmulationRequest emulation;
        try {
            emulation =
                    StreamRequests.isProtobuf(request)
                            ? EmulationRequest.ofProtobuf(body)
                            : EmulationRequest.ofJson(body);
        } catch (IOException malformed) {
            Answers.problem(
                    request,
                    StreamRequests.malformed(
                            "body",
                            String.valueOf(malformed.getMessage()),
                            "session, node and data"));
            return;
        }
        if (!emulation.node().equals(lobby.node())) {
            Answers.problem(request, Problem.notFound("node " + emulation.node()));
            return;
        }
        RequestLoop.then(
                lobby.sessions().deliver(emulation.session(), emulation.data().bytes()),
                known -> request.response().setStatusCode(204).end(),
                failure -> Answers.problem(request, Problem.internal()));
    }
}
