package dev.fanfare.server.ably;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.ably.realtime.Entrance;
import dev.fanfare.ably.realtime.Transport;
import dev.fanfare.ably.realtime.Voice;
import dev.fanfare.ably.realtime.Way;
import dev.fanfare.protocols.ably.AblyEncoder;
import dev.fanfare.protocols.ably.ErrorInfo;
import dev.fanfare.protocols.ably.Formats;
import dev.fanfare.server.http.Answers;
import dev.fanfare.server.http.Bodies;
import dev.fanfare.server.http.RequestLoop;
import dev.fanfare.server.http.Routes;
import dev.fanfare.server.transport.CrossOrigin;
import dev.fanfare.server.transport.Gate;
import dev.fanfare.server.transport.Seat;
import io.netty.channel.EventLoop;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Connections compatible with Ably where no WebSocket comes through: {@code /comet/connect} begins
 * one, {@code /comet/<key>/recv} waits for what it is told, {@code send} says something, {@code
 * close} and {@code disconnect} end it. JSON only; each request brings its credentials.
 */
public final class CometTransport {
    private static final String PATH = "/comet/";
    private static final byte[] CLOSE = "{\"action\":7}".getBytes(UTF_8);
    private static final byte[] DISCONNECT = "{\"action\":5}".getBytes(UTF_8);

    /** How long a client may take from one request that waits to the next. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final ErrorInfo NOT_OPEN =
            new ErrorInfo(80003, 404, "connection: not open (expected: one that is connected)");

    private final Gate gate;
    private final CrossOrigin crossOrigin;
    private final Entrance entrance;
    private final int largestBody;
    private final Voice.Choice voices;
    private final Map<String, Client> clients = new ConcurrentHashMap<>();

    /**
     * @param largestBody of a request, in bytes
     */
    public CometTransport(Gate gate, Entrance entrance, int largestBody, InstantSource clock) {
        this.gate = gate;
        this.entrance = entrance;
        this.largestBody = largestBody;
        crossOrigin = new CrossOrigin(gate.origins());
        var encoder = new CometEncoder(new AblyEncoder(Formats.JSON, clock));
        var json = new Voice(Formats.JSON, encoder, false);
        voices = new Voice.Choice(json, json);
    }

    public void addTo(Routes routes) {
        routes.addWhere(request -> path(request).startsWith(PATH), this::handle);
    }

    /** Keys are as they were given, however a client writes their exclamation mark. */
    private static String path(HttpServerRequest request) {
        return String.valueOf(request.path()).replace("%21", "!");
    }

    private void handle(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.OPTIONS)) {
            crossOrigin.preflight(request, "GET, POST", "Content-Type");
            return;
        }
        crossOrigin.allow(request);
        var rest = path(request).substring(PATH.length());
        int slash = rest.indexOf('/');
        if (rest.equals("connect")) {
            gate.letIn(request, seat -> connect(request, seat));
        } else if (slash > 0) {
            gate.letPass(
                    request,
                    () -> serve(request, rest.substring(0, slash), rest.substring(slash + 1)));
        } else {
            refuse(request, new ErrorInfo(40400, 404, "path: none of comet's"));
        }
    }

    private void connect(HttpServerRequest request, Seat seat) {
        var client = new Client(seat, RequestLoop.current());
        client.connection.poll(Poll.of(request));
        var way = new Way(client.connection, voices, client.loop, client::carries);
        client.transport = entrance.open(request.params()::get, way);
        client.connection.flush();
    }

    private void serve(HttpServerRequest request, String key, String what) {
        var refusal = entrance.refusal(request.params()::get);
        var client = clients.get(key);
        if (refusal != null || client == null) {
            refuse(request, refusal == null ? NOT_OPEN : refusal);
            return;
        }
        switch (what) {
            case "recv" -> {
                var poll = Poll.of(request);
                client.loop.execute(() -> client.poll(poll));
            }
            case "send" ->
                    Bodies.read(
                            request,
                            largestBody,
                            body -> receive(request, client, body),
                            tooLarge -> refuse(request, ErrorInfo.of(40009, tooLarge.detail())));
            case "close" -> receive(request, client, CLOSE);
            case "disconnect" -> receive(request, client, DISCONNECT);
            default -> refuse(request, new ErrorInfo(40400, 404, "path: none of comet's"));
        }
    }

    /** What it is answered with comes where it waits for that. */
    private static void receive(HttpServerRequest request, Client client, byte[] words) {
        client.loop.execute(() -> client.receive(words));
        request.response().setStatusCode(204).end();
    }

    private static void refuse(HttpServerRequest request, ErrorInfo why) {
        var body = Map.of("error", why);
        Answers.json(request, why.status(), Formats.JSON.writeTree(body));
    }

    /** One client, on the event loop of the request that it began with. */
    private final class Client {
        private final Seat seat;
        private final EventLoop loop;
        private final CometConnection connection;

        /** Null until it has been judged. */
        private @Nullable Transport transport;

        private @Nullable String key;

        Client(Seat seat, EventLoop loop) {
            this.seat = seat;
            this.loop = loop;
            connection = new CometConnection(loop, PATIENCE.toMillis(), this::gone);
        }

        void carries(String name) {
            key = name;
            clients.put(name, this);
        }

        void poll(Poll poll) {
            if (transport != null) {
                transport.heard();
            }
            connection.poll(poll);
        }

        void receive(byte[] words) {
            if (transport != null) {
                transport.receive(words);
            }
        }

        private void gone() {
            if (key != null) {
                clients.remove(key, this);
            }
            if (transport != null) {
                transport.closed();
            }
            seat.leave();
        }
    }
}
