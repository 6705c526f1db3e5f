package dev.fanfare.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.server.publish.PublishBody;
import dev.fanfare.server.publish.PublishLimits;
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

/** Reading and checking the body of a publish request of some 200 bytes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PublishBodyBenchmark {
    private static final int LARGEST_PAYLOAD = 65_536;

    private final byte[] body =
            ("{\"channel\":\"post:1\",\"payload\":{\"type\":\"gift.received\",\"pad\":\""
                            + "x".repeat(140)
                            + "\"}}")
                    .getBytes(UTF_8);

    @Benchmark
    public PublishBody parse() {
        return PublishBody.parse(body, new PublishLimits(LARGEST_PAYLOAD, LARGEST_PAYLOAD, 1000));
    }
}
