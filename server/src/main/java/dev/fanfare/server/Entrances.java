package dev.fanfare.server;

import dev.fanfare.server.cluster.Cluster;
import dev.fanfare.server.config.Endpoint;
import dev.fanfare.server.config.ServerConfig;
import dev.fanfare.server.http.Routes;
import dev.fanfare.server.transport.Door;
import dev.fanfare.server.transport.Doorman;
import dev.fanfare.server.transport.Gate;
import dev.fanfare.server.transport.Greeter;
import dev.fanfare.server.transport.InBandTransport;
import dev.fanfare.server.transport.InitEndpoint;
import dev.fanfare.server.transport.LineTransport;
import dev.fanfare.server.transport.Lobby;
import dev.fanfare.server.transport.OneWaySockets;
import dev.fanfare.server.transport.OneWayStreams;
import dev.fanfare.server.transport.TwoWayStreams;
import dev.fanfare.server.transport.WebSocketTransport;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;

/** Where clients come in: the transports, and the endpoints they serve. */
final class Entrances {
    private final ServerConfig config;
    private final Cluster cluster;
    private final WebSocketTransport webSockets;
    private final LineTransport lines;
    private final InBandTransport inBand;
    private final TwoWayStreams streams;
    private final OneWaySockets oneWaySockets;
    private final OneWayStreams oneWayStreams;
    private final InitEndpoint init;

    Entrances(ServerConfig config, Vertx vertx, Gate gate, Realtime realtime, Greeter greeter) {
        var loops = realtime.loops();
        cluster = realtime.cluster();
        var node = cluster.here();
        this.config = config;
        var webSocket = config.transports().webSocket();
        int largest = config.limits().frameSize();
        var options =
                new WebSocketTransport.Options(
                        largest, webSocket.compression(), webSocket.compressionMinSize());
        var doorman = new Doorman(loops::sessions, Ids::client, greeter);
        var names = new Lobby.Names(node.id(), Ids::client, Ids::secret);
        var patience = config.limits().connections().connectTimeout();
        var lobby = new Lobby(gate, loops::sessions, names, patience);
        cluster.receive(lobby.inbox());
        var version = node.version() + " OSS"; // as the protocol has it
        webSockets = new WebSocketTransport(gate, doorman, options);
        lines = new LineTransport(vertx, gate, doorman, config.transports().streaming().retry());
        inBand = new InBandTransport(gate, lobby, options, version);
        streams = new TwoWayStreams(vertx, gate, lobby, cluster, largest, version);
        oneWaySockets = new OneWaySockets(gate, lobby, options, version);
        oneWayStreams = new OneWayStreams(vertx, gate, lobby, largest, version);
        init = new InitEndpoint(gate);
    }

    void addTo(Routes routes) {
        config.transports().endpoints().forEach(endpoint -> add(routes, endpoint));
    }

    private void add(Routes routes, Endpoint endpoint) {
        var door = Door.of(endpoint, config.sessionRules(endpoint), cluster::register);
        var path = endpoint.path();
        switch (endpoint.transport()) {
            case WEBSOCKET -> webSockets.addTo(routes, door);
            case CENTRIFUGE ->
                    routes.add(HttpMethod.GET, path, request -> inBand.handle(request, door));
            case CENTRIFUGE_UNI_WEBSOCKET ->
                    routes.add(
                            HttpMethod.GET, path, request -> oneWaySockets.handle(request, door));
            case SSE, NDJSON ->
                    routes.add(HttpMethod.GET, path, request -> lines.handle(request, door))
                            .add(HttpMethod.OPTIONS, path, lines::preflight);
            case CENTRIFUGE_HTTP_STREAM, CENTRIFUGE_SSE -> streams.addTo(routes, door);
            case CENTRIFUGE_UNI_SSE, CENTRIFUGE_UNI_HTTP_STREAM ->
                    oneWayStreams.addTo(routes, door);
            case CENTRIFUGE_INIT -> init.addTo(routes, path);
        }
    }
}
