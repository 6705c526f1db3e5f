package dev.fanfare.server.transport;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.protocol.FrameEncoder;
import dev.fanfare.core.session.Session;
import dev.fanfare.protocols.json.JsonCodec;
import dev.fanfare.server.config.Endpoint.Transport;
import dev.fanfare.server.http.RequestLoop;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Plain JSON in HTTP responses without an end: server-sent events, and NDJSON. One way only. */
public final class LineTransport {
    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private final Vertx vertx;
    private final Gate gate;
    private final CrossOrigin crossOrigin;
    private final Doorman doorman;
    private final Duration retry;
    private final FrameEncoder payloadLines = new LineEncoder(JsonCodec.PLAIN_LINES);
    private final FrameEncoder envelopeLines = new LineEncoder(JsonCodec.ENVELOPE_LINES);
    private final FrameEncoder payloadEvents = SseEncoder.ofOneChannel(JsonCodec.PLAIN_LINES);
    private final FrameEncoder envelopeEvents = SseEncoder.ofOneChannel(JsonCodec.ENVELOPE_LINES);

    /**
     * @param retry how long a browser waits before it reconnects
     */
    public LineTransport(Vertx vertx, Gate gate, Doorman doorman, Duration retry) {
        this.vertx = vertx;
        this.gate = gate;
        this.doorman = doorman;
        this.retry = retry;
        crossOrigin = new CrossOrigin(gate.origins());
    }

    public void handle(HttpServerRequest request, Door door) {
        crossOrigin.allow(request);
        Notice.put(request.response(), door.endpoint());
        var since = since(request, door.endpoint().transport());
        if (since != null
                && door.endpoint().transport() == Transport.NDJSON
                && !Admission.wantsEnvelope(request)) {
            gate.turnAway(request, Admission.sinceWithoutEnvelope());
            return;
        }
        gate.admit(request, door, since, this::open);
    }

    public void preflight(HttpServerRequest request) {
        crossOrigin.preflight(request, "GET", "Authorization, Last-Event-ID, Cache-Control");
    }

    /**
     * A browser that reconnects says where it stands in a header; it knows better than the address
     * it was given.
     */
    private static @Nullable String since(HttpServerRequest request, Transport transport) {
        var lastEventId = transport == Transport.SSE ? request.getHeader(LAST_EVENT_ID) : null;
        return lastEventId != null ? lastEventId : request.getParam("since");
    }

    private void open(Guest guest) {
        var request = guest.request();
        var connection =
                new LineConnection(vertx, request.response(), () -> request.connection().close());
        doorman.open(
                guest,
                RequestLoop.current(),
                new Opening.Manner(connection, encoder(guest)),
                opened -> {
                    connection.open();
                    start(guest, opened);
                });
    }

    private FrameEncoder encoder(Guest guest) {
        boolean envelope = guest.wantsEnvelope();
        if (guest.door().endpoint().transport() == Transport.NDJSON) {
            return envelope ? envelopeLines : payloadLines;
        }
        if (guest.wishes().size() == 1) {
            return envelope ? envelopeEvents : payloadEvents;
        }
        return SseEncoder.ofOneConnection(
                envelope ? JsonCodec.ENVELOPE_LINES : JsonCodec.PLAIN_LINES);
    }

    private void start(Guest guest, Opening.Opened opened) {
        var session = opened.session();
        var response = guest.request().response();
        if (response.closed()) {
            gone(guest, session);
            return;
        }
        response.closeHandler(nothing -> gone(guest, session));
        response.endHandler(nothing -> gone(guest, session));
        response.exceptionHandler(failure -> gone(guest, session));
        head(guest.door().endpoint().transport(), response);
        opened.start();
    }

    private void head(Transport transport, HttpServerResponse response) {
        boolean events = transport == Transport.SSE;
        response.setChunked(true)
                .putHeader("Content-Type", events ? "text/event-stream" : "application/x-ndjson")
                .putHeader("Cache-Control", "no-cache")
                .putHeader("X-Accel-Buffering", "no");
        if (events) {
            response.write("retry: " + retry.toMillis() + "\n\n");
        } else {
            response.writeHead();
        }
    }

    private static void gone(Guest guest, Session session) {
        session.closed(Disconnect.CLOSED);
        guest.seat().leave();
    }
}
