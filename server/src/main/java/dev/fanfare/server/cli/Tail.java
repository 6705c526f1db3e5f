package dev.fanfare.server.cli;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * Stays connected to a server over one WebSocket after the other, and prints every frame.
 *
 * <p>{@link #run} belongs to one thread. Frames come on a thread of the HTTP client, while {@code
 * run} waits for the connection's end: the two never touch the progress at the same time.
 */
final class Tail {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Console console;
    private final Supplier<URI> address;
    private final Supplier<String> token;
    private final Progress progress;
    private final Backoff backoff;

    /**
     * @param address asked anew for each connection: it says where to continue
     * @param token asked anew for each connection: the last one may have expired
     */
    Tail(
            Console console,
            Supplier<URI> address,
            Supplier<String> token,
            Progress progress,
            Backoff backoff) {
        this.console = console;
        this.address = address;
        this.token = token;
        this.progress = progress;
        this.backoff = backoff;
    }

    /** Returns when nobody reads the output any more. */
    void run() throws InterruptedException {
        var client = HttpClient.newHttpClient();
        try {
            while (true) {
                switch (connect(client)) {
                    case Ending.Lost(var why) -> pause(why);
                    case Ending.Refused(var why) -> throw CommandFailure.failed(why);
                    case Ending.Unheard() -> {
                        return;
                    }
                }
            }
        } finally {
            client.shutdownNow();
        }
    }

    private Ending connect(HttpClient client) throws InterruptedException {
        var listener = new FrameListener(this::print);
        try {
            client.newWebSocketBuilder()
                    .connectTimeout(PATIENCE)
                    .header("Authorization", "Bearer " + token.get())
                    .buildAsync(address.get(), listener)
                    .get();
            backoff.reset();
            return listener.ending().get();
        } catch (ExecutionException e) {
            return notConnected(Objects.requireNonNull(e.getCause()));
        }
    }

    /**
     * On one line: a line break in JSON stands between tokens, where a space means the same. Says
     * whether it was heard.
     */
    private boolean print(String frame) {
        progress.learn(frame);
        console.out().println(frame.replaceAll("[\\r\\n]+", " "));
        return !console.out().checkError();
    }

    private static Ending notConnected(Throwable why) {
        return switch (why) {
            case WebSocketHandshakeException handshake -> notUpgraded(handshake);
            case ConnectException _ ->
                    new Ending.Lost("no server there (to start one: ./fanfare serve --dev)");
            default -> new Ending.Lost("no connection: " + why);
        };
    }

    private static Ending notUpgraded(WebSocketHandshakeException handshake) {
        int status = handshake.getResponse().statusCode();
        var why = ProblemText.of(status, Objects.toString(handshake.getResponse().body(), ""));
        boolean canHelpItself = status == 429 || status >= 500;
        return canHelpItself ? new Ending.Lost(why) : new Ending.Refused(why);
    }

    private void pause(String why) throws InterruptedException {
        var pause = backoff.next();
        console.err().printf("%s; trying again in %.1f s%n", why, pause.toMillis() / 1000.0);
        Thread.sleep(pause);
    }
}
