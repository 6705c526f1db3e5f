package dev.fanfare.bench;

import dev.fanfare.core.channel.Catalogue;
import dev.fanfare.core.channel.ResolvedChannel;
import dev.fanfare.server.config.ConfigLoader;
import dev.fanfare.server.config.ConfigSources;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Finding a channel's rules in the default catalogue, by its name. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CatalogueBenchmark {
    @Param({"trpc:global", "post:123456", "beheard:session:abc:presence", "nothing:here"})
    private String name = "";

    private final Catalogue catalogue =
            ConfigLoader.load(
                            new ConfigSources(
                                    Map.of("dev", "true"), Map.of(), Map.of(), Path.of(""), null))
                    .catalogue();

    @Benchmark
    public @Nullable ResolvedChannel find() {
        return catalogue.find(name);
    }
}
