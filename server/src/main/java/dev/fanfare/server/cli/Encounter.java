package dev.fanfare.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A first connection to one endpoint.
 *
 * @param greeting what its first message has to be
 */
record Encounter(String path, String greeting) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int SHOWN = 200;

    /** How it went. */
    sealed interface Outcome {}

    /**
     * @param millis until the first message was there
     */
    record Answered(long millis) implements Outcome {}

    record Failed(String why) implements Outcome {}

    /** Nobody listens there, on this path or another. */
    record Absent() implements Outcome {}

    Outcome with(HttpClient client, URI server, String token, Duration timeout) {
        long began = System.nanoTime();
        var outcome = new CompletableFuture<Outcome>();
        var listener =
                new FrameListener(
                        frame -> {
                            outcome.complete(judge(frame, began));
                            return false;
                        });
        var _ = listener.ending().thenAccept(ending -> outcome.complete(new Failed(why(ending))));
        var connected =
                client.newWebSocketBuilder()
                        .header("Authorization", "Bearer " + token)
                        .buildAsync(address(server), listener);
        try {
            return connected
                    .thenCompose(socket -> outcome)
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new Failed("no " + greeting + " within " + timeout.toSeconds() + " s");
        } catch (ExecutionException e) {
            return failed(Objects.requireNonNull(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Failed("interrupted");
        }
    }

    private URI address(URI server) {
        var base = server.toString().replaceFirst("^http", "ws").replaceFirst("/$", "");
        return URI.create(base + path);
    }

    private Outcome judge(String frame, long began) {
        return greeting.equals(type(frame))
                ? new Answered(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began))
                : new Failed("the first message is no " + greeting + ": " + shortened(frame));
    }

    private static String type(String frame) {
        try {
            return JSON.readTree(frame).path("type").asText();
        } catch (JsonProcessingException e) {
            return "";
        }
    }

    private static String shortened(String frame) {
        return frame.length() <= SHOWN ? frame : frame.substring(0, SHOWN) + "…";
    }

    private static Outcome failed(Throwable why) {
        return switch (why) {
            case WebSocketHandshakeException handshake -> new Failed(refusal(handshake));
            case ConnectException _ -> new Absent();
            default -> new Failed("no connection: " + why);
        };
    }

    private static String refusal(WebSocketHandshakeException handshake) {
        var answer = handshake.getResponse();
        return ProblemText.of(answer.statusCode(), Objects.toString(answer.body(), ""));
    }

    private static String why(Ending ending) {
        return switch (ending) {
            case Ending.Lost(var why) -> why;
            case Ending.Refused(var why) -> why;
            case Ending.Unheard() -> "";
        };
    }
}
