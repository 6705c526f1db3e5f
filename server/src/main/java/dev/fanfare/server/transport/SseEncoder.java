package dev.fanfare.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.Codec;
import dev.fanfare.core.protocol.Frame;
import dev.fanfare.core.protocol.FrameEncoder;
import dev.fanfare.core.protocol.Output;
import dev.fanfare.core.protocol.Push;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Server-sent events (HTML standard, section 9.2). An event's id says where the client stands on
 * all its channels, so that the browser's own {@code Last-Event-ID} continues all of them.
 *
 * <p>On one channel the id follows from the event alone and the encoder is shared; on several it
 * depends on what this client has seen, and each connection has its own.
 */
final class SseEncoder implements FrameEncoder {
    private final Codec codec;
    private final boolean shared;
    private final Map<String, StreamPosition> positions = new LinkedHashMap<>();

    private SseEncoder(Codec codec, boolean shared) {
        this.codec = codec;
        this.shared = shared;
    }

    /** For connections that listen to one channel. */
    static SseEncoder ofOneChannel(Codec codec) {
        return new SseEncoder(codec, true);
    }

    /** For one connection that listens to several. */
    static SseEncoder ofOneConnection(Codec codec) {
        return new SseEncoder(codec, false);
    }

    @Override
    public boolean isShared() {
        return shared;
    }

    @Override
    public Frame encode(List<? extends Output> outputs) {
        var events = new ByteArrayOutputStream();
        begin(outputs);
        for (var output : outputs) {
            encode(output, events);
        }
        return new ResponseFrame(events);
    }

    /** Already the first id tells of every channel: a client may be cut off right behind it. */
    private void begin(List<? extends Output> outputs) {
        for (var output : outputs) {
            if (!shared
                    && output instanceof Push.Subscribed(var channel, var terms)
                    && terms.start().isKnown()) {
                positions.put(channel.name(), terms.start());
            }
        }
    }

    private void encode(Output output, ByteArrayOutputStream events) {
        switch (output) {
            case Push.Published(var publication) -> {
                id(publication.channel(), publication.position(), events);
                data(output, events);
            }
            case Push.Delta(var publication, _) -> {
                id(publication.channel(), publication.position(), events);
                data(output, events);
            }
            case Push.Gap(var channel, var position) -> {
                id(channel, position, events);
                write(events, "event: gap\n");
                data(output, events);
            }
            case Push.Subscribed(var channel, var terms) -> {
                id(channel, terms.start(), events);
                write(events, "\n");
            }
            case Push.Message message -> data(message, events);
            case Push.Disconnected disconnected -> {
                write(events, "event: disconnect\n");
                data(disconnected, events);
            }
            // the plain protocol says none of these
            case Push.Member _, Push.Refreshed _, Push.Unsubscribed _ -> {}
            case Push.Ping() -> write(events, ": ping\n\n");
            case Output.Answer answer -> data(answer, events);
        }
    }

    private void id(Channel channel, StreamPosition position, ByteArrayOutputStream events) {
        if (!position.isKnown()) {
            return;
        }
        write(events, "id: ");
        if (shared) {
            write(events, Positions.format(channel.name(), position));
        } else {
            positions.put(channel.name(), position);
            write(events, Positions.format(positions));
        }
        write(events, "\n");
    }

    private void data(Output output, ByteArrayOutputStream events) {
        for (byte[] message : codec.encode(output)) {
            write(events, "data: ");
            events.writeBytes(message);
            write(events, "\n");
        }
        write(events, "\n");
    }

    private static void write(ByteArrayOutputStream events, String text) {
        events.writeBytes(text.getBytes(UTF_8));
    }
}
