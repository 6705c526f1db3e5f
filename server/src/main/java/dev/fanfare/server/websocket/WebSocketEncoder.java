package dev.fanfare.server.websocket;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.protocol.Encoder;
import dev.fanfare.core.protocol.Frame;
import dev.fanfare.core.protocol.FrameEncoder;
import dev.fanfare.core.protocol.Output;
import dev.fanfare.core.protocol.Push;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A wire protocol on WebSocket: the codec's words in frames. A {@link Push.Disconnected} is left to
 * the close frame.
 */
public final class WebSocketEncoder implements FrameEncoder {
    /** How a {@link Push.Ping} is said. */
    public enum Pings {
        /** As a WebSocket ping frame, for protocols without a word of their own. */
        FRAMES,
        /** In the codec's words. */
        WORDS
    }

    private final Encoder codec;
    private final WebSocketFraming framing;
    private final Pings pings;

    public WebSocketEncoder(Encoder codec, WebSocketFraming framing, Pings pings) {
        this.codec = codec;
        this.framing = framing;
        this.pings = pings;
    }

    @Override
    public Frame encode(List<? extends Output> outputs) {
        var frames = new ArrayList<OutgoingFrame>(outputs.size());
        var words = new ArrayList<Output>(outputs.size());
        for (var output : outputs) {
            if (output instanceof Push.Ping && pings == Pings.FRAMES) {
                moveTo(frames, words);
                frames.add(OutgoingFrame.ping());
            } else if (!(output instanceof Push.Disconnected)) {
                words.add(output);
            }
        }
        moveTo(frames, words);
        return framing.join(frames);
    }

    /** Why the connection ends, in the codec's words, for clients that are told so too. */
    public Frame farewell(Disconnect why) {
        var messages = codec.encode(new Push.Disconnected(why));
        return framing.join(
                messages.stream()
                        .map(message -> framing.message(message, codec.isBinary()))
                        .toList());
    }

    /** Puts the words into as few frames as the protocol allows. */
    private void moveTo(List<OutgoingFrame> frames, List<Output> words) {
        for (byte[] message : packed(codec.encode(words))) {
            frames.add(framing.message(message, codec.isBinary()));
        }
        words.clear();
    }

    private List<byte[]> packed(List<byte[]> messages) {
        byte[] separator = codec.separator();
        if (separator == null || messages.size() < 2) {
            return messages;
        }
        var packed = new ByteArrayOutputStream();
        for (byte[] message : messages) {
            if (packed.size() > 0) {
                packed.writeBytes(separator);
            }
            packed.writeBytes(message);
        }
        return List.of(packed.toByteArray());
    }
}
