package dev.fanfare.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.session.SessionRules.MessageBudget;
import dev.fanfare.server.access.Secret;
import dev.fanfare.server.config.ServerConfig.Address;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

class ConfigLoaderTest {
    @TempDir private Path directory;
    private TestConfig config;

    @BeforeEach
    void setUp() {
        config = new TestConfig(directory);
    }

    @Test
    void hasDefaultsForEverythingButTheSecret() {
        var loaded = config.load();
        assertThat(loaded.network().address()).isEqualTo(new Address("0.0.0.0", 8000));
        assertThat(loaded.network().internal()).isNull();
        assertThat(loaded.network().tls()).isNull();
        assertThat(loaded.publish().token()).isNull();
        assertThat(loaded.publish().bodyLimit()).isEqualTo(8 << 20);
        assertThat(loaded.limits().channels()).isEqualTo(128);
        assertThat(loaded.limits().connections().total()).isEqualTo(Integer.MAX_VALUE);
        assertThat(loaded.limits().budget()).isEqualTo(new MessageBudget(50, 100));
        assertThat(loaded.transports().webSocket().pingInterval())
                .isEqualTo(Duration.ofSeconds(25));
        assertThat(loaded.operation().development()).isFalse();
        assertThat(loaded.operation().warnings()).isEmpty();
        assertThat(loaded.catalogue().find("post:1")).isNotNull();
    }

    @Test
    void everyDefaultAndExampleIsAValue() {
        Settings.all()
                .forEach(
                        setting -> {
                            var example = setting.example().replaceAll("[\\[\\]\"]", "");
                            assertThat(setting.type().parse(example)).as(setting.key()).isNotNull();
                            if (!setting.fallback().isEmpty()) {
                                assertThat(setting.type().parse(setting.fallback()))
                                        .as(setting.key())
                                        .isNotNull();
                            }
                        });
    }

    @Test
    void readsGroupsAndDottedKeys() {
        var loaded =
                config.yaml(
                                """
                                port: 9000
                                internal-port: 8002
                                limits:
                                  frame-size: 128KiB
                                  messages-per-second: off
                                limits.connections: 10
                                log: { level: debug, format: json }
                                token.algorithms: [HS256]
                                origins:
                                  - https://*.example.com
                                  - http://localhost:*
                                """)
                        .load();
        assertThat(loaded.network().address().port()).isEqualTo(9000);
        assertThat(loaded.network().internal()).isEqualTo(new Address("0.0.0.0", 8002));
        assertThat(loaded.limits().frameSize()).isEqualTo(128 << 10);
        assertThat(loaded.limits().budget()).isNull();
        assertThat(loaded.limits().connections().total()).isEqualTo(10);
        assertThat(loaded.operation().log().level()).isEqualTo(Level.DEBUG);
        assertThat(loaded.operation().log().format()).isEqualTo(ServerConfig.Log.Format.JSON);
        assertThat(loaded.token().connection().terms().algorithms()).containsExactly("HS256");
        assertThat(loaded.network().origins().patterns()).hasSize(2);
    }

    @Test
    void laterSourcesAreStronger() {
        config.yaml("port: 1");
        assertThat(port()).isEqualTo(1);
        config.environment("FANFARE_PORT", "2");
        assertThat(port()).isEqualTo(2);
        config.property("fanfare.port", "3");
        assertThat(port()).isEqualTo(3);
        config.option("port", "4");
        assertThat(port()).isEqualTo(4);
    }

    private int port() {
        return config.load().network().address().port();
    }

    @Test
    void readsTheFileThatIsNamed() {
        config.yaml("port: 1").file("env.yaml", "port: 2").file("mine.yaml", "port: 3");
        assertThat(
                        config.environment("FANFARE_CONFIG", "env.yaml")
                                .load()
                                .network()
                                .address()
                                .port())
                .isEqualTo(2);
        assertThat(config.named("mine.yaml").load().network().address().port()).isEqualTo(3);
    }

    @Test
    void missesTheFileThatIsNamed() {
        assertThat(config.named("none.yaml").mistakes())
                .containsExactly(
                        "config: none.yaml (expected: a file that can be read) from the command"
                                + " line");
    }

    @Test
    void knowsOtherNamesOfEnvironmentVariables() {
        config.environment("REALTIME_PUBLISH_TOKEN", "one");
        assertThat(config.load().publish().token()).isEqualTo(new Secret("one"));
        config.environment("FANFARE_PUBLISH_TOKEN", "two");
        assertThat(config.load().publish().token()).isEqualTo(new Secret("two"));
    }

    @Test
    void takesEmptyVariablesAsNotSet() {
        assertThat(config.environment("FANFARE_PORT", "").load().network().address().port())
                .isEqualTo(8000);
    }

    @Test
    void leavesTheVariablesThatKubernetesSets() {
        config.environment("FANFARE_PORT", "tcp://10.0.0.1:8000");
        assertThat(port()).isEqualTo(8000);
    }

    @Test
    void takesAnEmptyFile() {
        assertThat(config.yaml("").mistakes()).isEmpty();
        assertThat(config.yaml("# nothing yet\n---\n").mistakes()).isEmpty();
    }

    @Test
    void readsTheCatalogueFromAFileOfItsOwn() {
        var loaded =
                config.yaml("catalogue: channels.yaml")
                        .file(
                                "channels.yaml",
                                """
                                channels:
                                  - pattern: "news"
                                """)
                        .load();
        assertThat(loaded.catalogue().find("news")).isNotNull();
        assertThat(loaded.catalogue().find("post:1")).isNull();
    }

    @Test
    void tellsSessionsTheirRules() {
        var loaded = config.load();
        var rules = loaded.sessionRules(loaded.transports().endpoints().getFirst());
        assertThat(rules.maxChannels()).isEqualTo(128);
        assertThat(rules.maxPendingBytes()).isEqualTo(1 << 20);
        assertThat(rules.heartbeat().answerWithin()).isEqualTo(Duration.ofSeconds(8));
        assertThat(
                        loaded.sessionRules(loaded.transports().endpoints().get(1))
                                .heartbeat()
                                .answerWithin())
                .isNull();
    }
}
