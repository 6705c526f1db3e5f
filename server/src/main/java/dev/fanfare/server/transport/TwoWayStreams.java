package dev.fanfare.server.transport;

import dev.fanfare.protocols.centrifuge.CentrifugeCodec;
import dev.fanfare.server.cluster.Cluster;
import dev.fanfare.server.config.Endpoint.Transport;
import dev.fanfare.server.http.RequestLoop;
import dev.fanfare.server.http.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

/**
 * The protocol compatible with Centrifugo over HTTP: answers and pushes come in a response without
 * an end, as lines or server-sent events, and further commands go to {@link EmulationEndpoint}.
 */
public final class TwoWayStreams {
    private final Gate gate;
    private final Lobby lobby;
    private final StreamRequests requests;
    private final EmulationEndpoint emulation;
    private final StreamForm lines;
    private final StreamForm protobuf;
    private final StreamForm events;

    /**
     * @param largestBody of a request, in bytes
     * @param version of the server, as clients are told it
     */
    public TwoWayStreams(
            Vertx vertx, Gate gate, Lobby lobby, Cluster cluster, int largestBody, String version) {
        this.gate = gate;
        this.lobby = lobby;
        requests = StreamRequests.of(vertx, gate, largestBody);
        emulation = new EmulationEndpoint(lobby, cluster, requests);
        lines = StreamForm.lines(CentrifugeCodec.json(version));
        protobuf = StreamForm.delimited(CentrifugeCodec.protobuf(version));
        events = StreamForm.events(CentrifugeCodec.json(version));
    }

    public void addTo(Routes routes, Door door) {
        var path = door.endpoint().path();
        if (door.endpoint().transport() == Transport.CENTRIFUGE_SSE) {
            requests.addPostAndGet(
                    routes, path, (request, first) -> admit(request, door, events, first));
        } else {
            requests.addPost(
                    routes,
                    path,
                    (request, first) -> admit(request, door, encoding(request), first));
        }
        emulation.addTo(routes);
    }

    private StreamForm encoding(HttpServerRequest request) {
        return StreamRequests.isProtobuf(request) ? protobuf : lines;
    }

    private void admit(HttpServerRequest request, Door door, StreamForm form, byte[] first) {
        if (first.length == 0) {
            gate.turnAway(
                    request,
                    StreamRequests.malformed("connect", "nothing", "commands, connect the first"));
            return;
        }
        gate.letIn(request, door, seat -> open(request, door, form, seat).onMessage(first, false));
    }

    private InBandClient open(HttpServerRequest request, Door door, StreamForm form, Seat seat) {
        var connection = new StreamConnection(request, requests.lines(request), form, Map.of());
        var manner = new Lobby.Manner(connection, form, form.codec(), door.rules());
        var client = lobby.receiveEmulated(door, manner, RequestLoop.current(), seat);
        connection.watch(client);
        return client;
    }
}
