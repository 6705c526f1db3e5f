package dev.fanfare.server.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a client's bytes cost before they are a message: eight at a time, and one at a time. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class IncomingBytesBenchmark {
    private static final int MASK = 0x12F3459A;

    @Param({"20", "200", "4000"})
    private int size;

    private byte[] bytes = {};

    @Setup
    public void fill() {
        bytes = "x".repeat(size).getBytes(UTF_8);
    }

    @Benchmark
    public byte[] unmask() {
        Masking.apply(MASK, bytes, 0, bytes.length);
        return bytes;
    }

    @Benchmark
    public byte[] unmaskOneByOne() {
        for (int index = 0; index < bytes.length; index++) {
            bytes[index] ^= (byte) (MASK >>> (24 - 8 * (index & 3)));
        }
        return bytes;
    }

    @Benchmark
    public boolean checkAscii() {
        return Utf8Validator.isValid(bytes, 0, bytes.length);
    }

    /** Pieces of seven bytes: too short for the long stride. */
    @Benchmark
    public boolean checkAsciiOneByOne() {
        var validator = new Utf8Validator();
        boolean valid = true;
        for (int from = 0; from < bytes.length; from += 7) {
            valid &= validator.accepts(bytes, from, Math.min(from + 7, bytes.length));
        }
        return valid;
    }
}
