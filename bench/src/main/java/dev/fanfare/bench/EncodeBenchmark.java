package dev.fanfare.bench;

import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.FrameEncoder;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.protocols.json.JsonCodec;
import dev.fanfare.server.websocket.WebSocketEncoder;
import dev.fanfare.server.websocket.WebSocketFraming;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From a publication of 200 bytes to the frame that all its subscribers share, header included. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EncodeBenchmark {
    private final List<Push.Published> push = List.of(new Push.Published(publication()));
    private final FrameEncoder plain = encoder(JsonCodec.PLAIN);
    private final FrameEncoder envelope = encoder(JsonCodec.ENVELOPE);

    private static FrameEncoder encoder(JsonCodec codec) {
        return new WebSocketEncoder(
                codec,
                WebSocketFraming.plain(ByteBufAllocator.DEFAULT),
                WebSocketEncoder.Pings.FRAMES);
    }

    private static Publication publication() {
        var json = "{\"type\":\"gift.received\",\"pad\":\"" + "x".repeat(166) + "\"}";
        var message =
                new Message("m-1", "gift.received", Payload.json(json), null, Audience.EVERYONE);
        return new Publication(
                new Channel("post:1"),
                new StreamPosition("kqzfwmtx", 7),
                1_700_000_000_000L,
                message);
    }

    @Benchmark
    public int plain() {
        return size(plain);
    }

    @Benchmark
    public int envelope() {
        return size(envelope);
    }

    private int size(FrameEncoder encoder) {
        try (var frame = encoder.encode(push)) {
            return frame.size();
        }
    }
}
