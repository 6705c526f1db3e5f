package dev.fanfare.brokers.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.brokers.redis.RedisOptions.Backoff;
import dev.fanfare.core.model.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Opens servers that soon lose their patience, and waits for them. */
final class TestServers {
    static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final Backoff SOON = new Backoff(Duration.ofMillis(10), Duration.ofMillis(50));

    private TestServers() {}

    static RedisOptions options(String... urls) {
        return RedisOptions.of(
                        Stream.of(urls).map(RedisAddress::parse).toArray(RedisAddress[]::new))
                .withTimeout(TIMEOUT)
                .withBackoff(SOON);
    }

    static RedisServers open(RedisOptions options) throws RedisStartFailure {
        return RedisServers.open(options, RedisObserver.NONE);
    }

    static RedisServers open(String... urls) throws RedisStartFailure {
        return open(options(urls));
    }

    static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    static void assertUnavailable(CompletionStage<?> stage) {
        assertThatThrownBy(() -> join(stage))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(Unavailable.class);
    }

    /** What the primary of this tag calls itself. */
    static String generation(RedisServers servers, String tag) {
        var key = "{" + tag + "}generation";
        var answer = join(servers.run(tag, Scripts.APPEND, List.of(key), Scripts.words("x")));
        return new String((byte[]) answer.get(1), UTF_8);
    }

    static CompletionStage<Void> say(RedisServers servers, String tag, String message) {
        return servers.send(tag, "{" + tag + "}", message.getBytes(UTF_8));
    }

    /** Sends messages on one tag while topics of others come and go. */
    static void sayAmongChanges(RedisServers servers, String tag, int messages) {
        var done = new ArrayList<CompletionStage<Void>>();
        for (int each = 0; each < messages; each++) {
            done.add(say(servers, tag, "m" + each));
            var other = "other" + each % 200;
            done.add(servers.subscribe(other, "{" + other + "}", new RecordingEar()));
            if (each % 3 == 0) {
                var left = "other" + (each + 100) % 200;
                servers.unsubscribe(left, "{" + left + "}");
            }
        }
        done.forEach(stage -> join(stage.handle((_, _) -> null)));
    }
}
