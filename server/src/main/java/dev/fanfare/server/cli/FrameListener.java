package dev.fanfare.server.cli;

import dev.fanfare.core.model.Disconnect;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Puts one WebSocket's frames together and hands them on, until the connection ends. Called by its
 * WebSocket alone.
 */
final class FrameListener implements WebSocket.Listener {
    private final Predicate<String> reader;
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();
    private final StringBuilder frame = new StringBuilder();

    /**
     * @param reader takes a whole text frame, and says whether it wants more
     */
    FrameListener(Predicate<String> reader) {
        this.reader = reader;
    }

    CompletableFuture<Ending> ending() {
        return ending;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
        frame.append(part);
        if (last) {
            var text = frame.toString();
            frame.setLength(0);
            if (!reader.test(text)) {
                ending.complete(new Ending.Unheard());
                socket.abort();
                return null;
            }
        }
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        var why = "closed by the server: " + (code + " " + reason).strip();
        ending.complete(
                new Disconnect(code, reason).reconnect()
                        ? new Ending.Lost(why)
                        : new Ending.Refused(why));
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        ending.complete(new Ending.Lost("connection lost: " + error));
    }
}
