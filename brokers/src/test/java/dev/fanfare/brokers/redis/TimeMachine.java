package dev.fanfare.brokers.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Makes what a broker keeps in Redis older than it is, as if time had passed. */
final class TimeMachine {
    private final List<String> urls;

    /**
     * @param urls of all primaries
     */
    TimeMachine(List<String> urls) {
        this.urls = urls;
    }

    void letPass(String prefix, Duration time) throws IOException {
        for (var url : urls) {
            var client = RedisClient.create(url);
            try (var connection = client.connect()) {
                var _ =
                        connection
                                .sync()
                                .eval(
                                        script(),
                                        ScriptOutputType.STATUS,
                                        new String[0],
                                        prefix + "*",
                                        String.valueOf(time.toMillis()));
            } finally {
                client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
            }
        }
    }

    private static String script() throws IOException {
        try (var bytes = TimeMachine.class.getResourceAsStream("time_machine.lua")) {
            return new String(bytes.readAllBytes(), UTF_8);
        }
    }
}
