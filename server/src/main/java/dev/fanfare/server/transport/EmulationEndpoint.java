package dev.fanfare.server.transport;

import dev.fanfare.core.model.Unavailable;
import dev.fanfare.protocols.centrifuge.EmulationRequest;
import dev.fanfare.server.cluster.Cluster;
import dev.fanfare.server.http.Answers;
import dev.fanfare.server.http.Problem;
import dev.fanfare.server.http.RequestLoop;
import dev.fanfare.server.http.Routes;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /emulation}: commands of clients whose connection is a response without an end, which
 * has their answers. Any node takes them. 204 says that they are handled.
 */
final class EmulationEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(EmulationEndpoint.class);
    private static final String PATH = "/emulation";

    private final Lobby lobby;
    private final Cluster cluster;
    private final StreamRequests requests;

    EmulationEndpoint(Lobby lobby, Cluster cluster, StreamRequests requests) {
        this.lobby = lobby;
        this.cluster = cluster;
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
        RequestLoop.then(
                deliver(emulation),
                known -> answer(request, emulation, known),
                failure -> Answers.problem(request, problem(failure)));
    }

    /** Whether there is such a node. Whether there is such a session nobody is told. */
    private CompletionStage<Boolean> deliver(EmulationRequest emulation) {
        var session = emulation.session();
        var commands = emulation.data().bytes();
        return emulation.node().equals(lobby.node())
                ? lobby.sessions().deliver(session, commands).thenApply(known -> true)
                : cluster.deliver(emulation.node(), session, commands);
    }

    private static void answer(
            HttpServerRequest request, EmulationRequest emulation, boolean known) {
        if (known) {
            request.response().setStatusCode(204).end();
        } else {
            Answers.problem(request, Problem.notFound("node " + emulation.node()));
        }
    }

    private static Problem problem(Throwable failure) {
        if (Unavailable.isCauseOf(failure)) {
            return Problem.unavailable("node", "no answer", "another try later");
        }
        LOG.error("commands could not be delivered", failure);
        return Problem.internal();
    }
}
