package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fanfare.client.Channels;
import dev.fanfare.client.QueryInvalidation;
import dev.fanfare.client.Realtime;
import dev.fanfare.client.RealtimeConfig;
import dev.fanfare.client.RealtimeException;
import dev.fanfare.client.RealtimeException.Code;
import dev.fanfare.client.Tokens;
import dev.fanfare.server.config.Development;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The module {@code client} and this server. */
class JavaClientTest {
    private static final QueryInvalidation MESSAGE =
            QueryInvalidation.of("user", "notifications").with("by", "ann");

    private static RunningServer server;
    private static Realtime realtime;
    private static Tokens tokens;

    @BeforeAll
    static void start() {
        server = RunningServer.start();
        realtime = new Realtime(config(Development.API_KEY));
        tokens = new Tokens(Development.TOKEN_SECRET);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void publishesToEveryChannelForQueryInvalidation() {
        var token = tokens.make("ann", Map.of("orgs", List.of("acme")));
        for (var channel : List.of(Channels.global(), Channels.org("acme"), Channels.user("ann"))) {
            try (var socket = server.socket("/ws?channels=" + channel + "&token=" + token)) {
                realtime.publish(channel, MESSAGE);
                assertThat(socket.text())
                        .isEqualTo(
                                "{\"type\":\"query-invalidation\",\"queryKey\":[\"user\",\"notifications\"],"
                                    + "\"by\":\"ann\"}");
            }
        }
    }

    @Test
    void tellsThePlace() {
        var channel = Channels.user("place");
        var first = realtime.publish(channel, MESSAGE);
        var second = realtime.publish(channel, MESSAGE);
        assertThat(first.offset()).isEqualTo(1);
        assertThat(second.offset()).isEqualTo(2);
        assertThat(second.epoch()).isEqualTo(first.epoch()).isNotEmpty();
    }

    @Test
    void deliversOneKeyOnce() {
        var channel = Channels.user("once");
        var first = realtime.publish(channel, MESSAGE, "key");
        assertThat(realtime.publish(channel, MESSAGE, "key")).isEqualTo(first);
        assertThat(realtime.publish(channel, MESSAGE).offset()).isEqualTo(2);
    }

    @Test
    void isToldWhatIsWrong() {
        var wrong = Map.of("type", "query-invalidation", "queryKey", "user");
        var failure =
                catchThrowableOfType(
                        RealtimeException.class,
                        () -> realtime.publish(Channels.global(), () -> wrong));
        assertThat(failure.code()).isEqualTo(Code.REFUSED);
        assertThat(failure.reply().orElseThrow().code()).isEqualTo(107);
        assertThat(failure).hasMessageContaining("queryKey");

        failure =
                catchThrowableOfType(
                        RealtimeException.class, () -> realtime.publish("nowhere:1", MESSAGE));
        assertThat(failure.reply().orElseThrow().code()).isEqualTo(102);

        var stranger = new Realtime(config("another key"));
        failure =
                catchThrowableOfType(
                        RealtimeException.class,
                        () -> stranger.publish(Channels.global(), MESSAGE));
        assertThat(failure.code()).isEqualTo(Code.UNAUTHORIZED);
    }

    private static RealtimeConfig config(String key) {
        return RealtimeConfig.of("http://127.0.0.1:" + server.port(), key);
    }
}
