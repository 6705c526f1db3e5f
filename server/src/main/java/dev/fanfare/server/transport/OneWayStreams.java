package dev.fanfare.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.core.protocol.ProtocolException;
import dev.fanfare.core.protocol.Request;
import dev.fanfare.protocols.centrifuge.CentrifugeCodec;
import dev.fanfare.protocols.centrifuge.PushCodec;
import dev.fanfare.server.config.Endpoint.Transport;
import dev.fanfare.server.http.RequestLoop;
import dev.fanfare.server.http.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/**
 * The protocol compatible with Centrifugo one way, in responses without an end: a client says with
 * its request who it is, and from then on it listens.
 */
public final class OneWayStreams {
    private static final byte[] NOBODY = "{}".getBytes(UTF_8);

    private final Gate gate;
    private final Lobby lobby;
    private final StreamRequests requests;
    private final PushCodec codec;
    private final StreamForm lines;
    private final StreamForm events;

    /**
     * @param largestBody of a request, in bytes
     * @param version of the server, as clients are told it
     */
    public OneWayStreams(Vertx vertx, Gate gate, Lobby lobby, int largestBody, String version) {
        this.gate = gate;
        this.lobby = lobby;
        requests = StreamRequests.of(vertx, gate, largestBody);
        codec = new PushCodec(version, false);
        lines = StreamForm.lines(codec);
        events = StreamForm.events(codec);
    }

    public void addTo(Routes routes, Door door) {
        var path = door.endpoint().path();
        if (door.endpoint().transport() == Transport.CENTRIFUGE_UNI_SSE) {
            requests.addPostAndGet(
                    routes, path, (request, first) -> admit(request, door, events, first));
        } else {
            requests.addPost(routes, path, (request, first) -> admit(request, door, lines, first));
        }
    }

    private void admit(HttpServerRequest request, Door door, StreamForm form, byte[] first) {
        List<Request> connect;
        try {
            connect = codec.decode(first.length == 0 ? NOBODY : first, false);
        } catch (ProtocolException e) {
            gate.turnAway(
                    request,
                    StreamRequests.malformed(
                            "connect", String.valueOf(e.getMessage()), "a connect request"));
            return;
        }
        gate.letIn(
                request,
                door,
                seat -> open(request, door, form, seat).handshake().receive(connect));
    }

    private InBandClient open(HttpServerRequest request, Door door, StreamForm form, Seat seat) {
        var terms = door.endpoint().inBand().unidirectional();
        var connection =
                new StreamConnection(request, requests.lines(request), form, terms.answers());
        var manner =
                new Lobby.Manner(
                        connection,
                        form,
                        codec,
                        door.rules(),
                        refusal -> {
                            connection.causedBy(CentrifugeCodec.number(refusal.code()));
                            return Farewell.of(refusal, terms);
                        });
        var client = lobby.receiveListener(door, manner, RequestLoop.current(), seat);
        connection.watch(client);
        return client;
    }
}
