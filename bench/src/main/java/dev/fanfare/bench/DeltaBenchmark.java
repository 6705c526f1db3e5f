package dev.fanfare.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.protocols.delta.Fossil;
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

/** The delta of a JSON document in which one number has changed, or all but the names. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DeltaBenchmark {
    @Param({"8", "400"})
    private int rows;

    @Param({"little", "much"})
    private String changed = "";

    private byte[] base = {};
    private byte[] target = {};

    @Setup
    public void makeDocuments() {
        base = document(0, 0);
        target = changed.equals("little") ? document(0, 1) : document(1, 1);
    }

    @Benchmark
    public byte[] delta() {
        return Fossil.textDelta(base, target);
    }

    private byte[] document(int version, int middle) {
        var json = new StringBuilder("[");
        for (int row = 0; row < rows; row++) {
            int price = (row + 1) * 7919 * (version + 1) + (row == rows / 2 ? middle : 0);
            json.append("{\"id\":").append(row).append(",\"price\":").append(price).append("},");
        }
        return json.append("null]").toString().getBytes(UTF_8);
    }
}
