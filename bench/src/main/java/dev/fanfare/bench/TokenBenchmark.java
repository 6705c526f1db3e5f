package dev.fanfare.bench;

import dev.fanfare.core.access.Authentication;
import dev.fanfare.server.access.JwtAuthenticator;
import dev.fanfare.server.access.Secret;
import dev.fanfare.server.access.TokenMaker;
import dev.fanfare.server.access.TokenRules;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Verifying tokens: one that comes again and again, and ever new ones. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TokenBenchmark {
    private static final int TOKENS = 100_000;
    private static final int REMEMBERED = 1_000;

    private final Secret secret = new Secret("a-secret-for-the-benchmark-0123456789");
    private final JwtAuthenticator authenticator =
            TokenRules.of(secret).authenticator(InstantSource.system(), Runnable::run, REMEMBERED);
    private final List<String> tokens = tokens();
    private int next;

    private List<String> tokens() {
        var maker = new TokenMaker(secret, InstantSource.system());
        return IntStream.range(0, TOKENS)
                .mapToObj(user -> maker.make("user-" + user, Duration.ofHours(1), Map.of()))
                .toList();
    }

    @Benchmark
    public Authentication known() {
        return authenticate(tokens.getFirst());
    }

    @Benchmark
    public Authentication unknown() {
        next = (next + 1) % TOKENS;
        return authenticate(tokens.get(next));
    }

    private Authentication authenticate(String token) {
        return authenticator.authenticate(token).toCompletableFuture().join();
    }
}
