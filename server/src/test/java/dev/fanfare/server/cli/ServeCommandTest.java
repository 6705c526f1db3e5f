package dev.fanfare.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.brokers.redis.RedisAddress;
import dev.fanfare.server.config.ServerConfig.Engine.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeCommandTest {
    private static final Pattern TOKEN = Pattern.compile("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+");
    private static final Map<String, String> SECRETS =
            Map.of(
                    "FANFARE_TOKEN_SECRET", "a secret of thirty-two characters",
                    "REALTIME_PUBLISH_TOKEN", "a publish token");

    private final FakeServer server = new FakeServer();
    private final CommandRun command = new CommandRun().starter(server);

    @Test
    void saysInDevelopmentModeWhatToPaste() {
        assertThat(command.run("serve", "--dev")).isZero();

        assertThat(TOKEN.matcher(command.out()).replaceAll("TOKEN"))
                .isEqualToNormalizingNewlines(
                        """
                        Fanfare listens on http://127.0.0.1:8000
                        DEVELOPMENT MODE: secrets are fixed and public, state is in memory, only this machine can connect.

                        Publish an event:
                        curl -X POST http://localhost:8000/internal/publish -H "Content-Type: application/json" \\
                          -H "Authorization: Bearer dev-publish-token" -d '{"channel":"post:123","payload":{"type":"gift.received"}}'

                        Receive it, as user 42:
                        ./fanfare tail --url ws://127.0.0.1:8000/ws --channels post:123 --token TOKEN
                        curl -N "http://127.0.0.1:8000/sse?channels=post:123&token=TOKEN"

                        In a browser: http://127.0.0.1:8000/ shows events arriving, /stories and /sessions two people each, /docs every route, to try

                        For what only administrators may, a token of one:
                        TOKEN
                        """);
        assertThat(command.err()).isEmpty();
    }

    @Test
    void saysTheRealPorts() {
        command.run("serve", "--dev", "--port", "0", "--internal-port", "9002");

        assertThat(command.out())
                .contains("Fanfare listens on http://127.0.0.1:49152, internal routes on port 9002")
                .contains("http://localhost:9002/internal/publish")
                .contains("ws://127.0.0.1:49152/ws");
    }

    @Test
    void saysOneLineOutsideDevelopmentMode() {
        var production = new CommandRun(SECRETS).starter(server);

        assertThat(production.run("serve", "--host", "127.0.0.1", "--port", "9000")).isZero();
        assertThat(production.out())
                .isEqualToNormalizingNewlines("Fanfare listens on http://127.0.0.1:9000\n");
    }

    @Test
    void prefersItsOptionsToTheFile(@TempDir Path directory) throws IOException {
        var file =
                Files.writeString(
                        directory.resolve("fanfare.yaml"), "port: 9001\nhost: 127.0.0.2\n");

        new CommandRun(SECRETS)
                .starter(server)
                .run("serve", "--config", file.toString(), "--port", "9000");

        assertThat(server.config().network().address().host()).isEqualTo("127.0.0.2");
        assertThat(server.config().network().address().port()).isEqualTo(9000);
    }

    @Test
    void takesRedisForTheEngineWhereItIsToldWhereItIs() {
        var one = "redis://:a-password@127.0.0.1:6379";
        var two = "redis-cluster://127.0.0.1:7000,127.0.0.1:7001";

        assertThat(command.run("serve", "--dev", "--redis", one, "--redis", two)).isZero();

        var redis = (Store.Redis) server.config().operation().engine().store();
        assertThat(redis.options().shards())
                .containsExactly(RedisAddress.parse(one), RedisAddress.parse(two));
        assertThat(command.out()).contains("state is in Redis").doesNotContain("a-password");
    }

    @Test
    void doesNotStartInMemoryWithAnAddressOfRedis() {
        assertThat(
                        command.run(
                                "serve",
                                "--dev",
                                "--engine",
                                "memory",
                                "--redis",
                                "redis://:a-password@127.0.0.1:6379"))
                .isEqualTo(2);

        assertThat(command.err())
                .contains("redis.address: redis://(hidden)@127.0.0.1:6379", "engine: redis")
                .doesNotContain("a-password");
    }

    @Test
    void doesNotStartWithoutATokenSecret() {
        assertThat(command.run("serve")).isEqualTo(2);

        assertThat(command.err()).contains("token.secret", "FANFARE_TOKEN_SECRET");
        assertThat(server.config()).isNull();
    }

    @Test
    void doesNotStartOnAPortThatIsNone() {
        assertThat(command.run("serve", "--dev", "--port", "x")).isEqualTo(2);

        assertThat(command.err()).contains("port: x");
        assertThat(server.config()).isNull();
    }

    @Test
    void tellsWhyItCannotStart() {
        command.starter(
                _ -> {
                    throw new IOException("port: 127.0.0.1:8000 (expected: a free port)");
                });

        assertThat(command.run("serve", "--dev")).isEqualTo(1);
        assertThat(command.err()).contains("port: 127.0.0.1:8000 (expected: a free port)");
        assertThat(command.out()).isEmpty();
    }
}
