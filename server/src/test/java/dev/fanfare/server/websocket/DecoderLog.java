package dev.fanfare.server.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.core.model.Disconnect;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** What a decoder reports, as lines. */
final class DecoderLog implements WebSocketFrameDecoder.Listener {
    final List<String> lines = new ArrayList<>();

    /** What a decoder reports of these pieces, in as many reads. */
    static List<String> of(int maxMessageSize, boolean deflate, List<byte[]> pieces) {
        var log = new DecoderLog();
        var decoder = new WebSocketFrameDecoder(log, maxMessageSize, deflate);
        for (byte[] piece : pieces) {
            decoder.decode(Unpooled.wrappedBuffer(piece.clone()));
        }
        return log.lines;
    }

    @Override
    public void onMessage(byte[] message, boolean binary) {
        lines.add(
                binary
                        ? "binary " + HexFormat.of().formatHex(message)
                        : "text " + new String(message, UTF_8));
    }

    @Override
    public void onPing(byte[] payload) {
        lines.add("ping " + new String(payload, UTF_8));
    }

    @Override
    public void onPong() {
        lines.add("pong");
    }

    @Override
    public void onClose(Disconnect theirs) {
        lines.add("close " + theirs.code() + " " + theirs.reason());
    }

    @Override
    public void onViolation(Disconnect why) {
        lines.add("violation " + why.code() + " " + why.reason());
    }
}
