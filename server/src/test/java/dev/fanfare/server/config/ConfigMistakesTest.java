package dev.fanfare.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigMistakesTest {
    @TempDir private Path directory;
    private TestConfig config;

    @BeforeEach
    void setUp() {
        config = new TestConfig(directory);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "port: 70000              | port: 70000 (expected: 0 to 65535, for example port:"
                        + " 8000) at fanfare.yaml:1",
                "port: http               | port: http (expected: 0 to 65535, for example port:"
                        + " 8000) at fanfare.yaml:1",
                "port:                    | port: nothing (expected: 0 to 65535, for example port:"
                        + " 8000) at fanfare.yaml:1",
                "port: [1]                | port: a list (expected: 0 to 65535, for example port:"
                        + " 8000) at fanfare.yaml:1",
                "port: {a: 1}             | port: a group of keys (expected: 0 to 65535, for"
                        + " example port: 8000) at fanfare.yaml:1",
                "internal-port: none      | internal-port: none (expected: 0 to 65535, or off, for"
                        + " example internal-port: 8002) at fanfare.yaml:1",
                "dev: maybe               | dev: maybe (expected: true or false, for example dev:"
                        + " true) at fanfare.yaml:1",
                "log: { format: xml }     | log.format: xml (expected: text or json, for example"
                        + " log.format: json) at fanfare.yaml:1",
                "log: json                | log: json (expected: a group of keys, for example"
                        + " log.format: json) at fanfare.yaml:1",
                "limits.frame-size: 64KB  | limits.frame-size: 64KB (expected: 128B to 16MiB, for"
                        + " example limits.frame-size: 64KiB) at fanfare.yaml:1",
                "sse.retry: 3             | sse.retry: 3 (expected: 1ms to 1h, for example"
                        + " sse.retry: 3s) at fanfare.yaml:1",
                "sse.retry: 2h            | sse.retry: 2h (expected: 1ms to 1h, for example"
                        + " sse.retry: 3s) at fanfare.yaml:1",
                "token.algorithms: none   | token.algorithms: none (expected: a list of HS256,"
                        + " HS384, HS512, RS256, RS384, RS512, ES256, ES384, ES512, EdDSA, Ed25519"
                        + " or Ed448, for example token.algorithms: [HS256]) at fanfare.yaml:1",
                "origins: [example.com]   | 'origins: example.com (expected: a list of origins like"
                        + " https://*.example.com, for example origins: [\"https://*.example.com\","
                        + " \"http://localhost:*\"]) at fanfare.yaml:1'",
                "prot: 1                  | prot: unknown key (expected: port, for example port:"
                        + " 8000) at fanfare.yaml:1",
                "limits.frame_size: 1     | limits.frame_size: unknown key (expected:"
                    + " limits.frame-size, for example limits.frame-size: 64KiB) at fanfare.yaml:1",
                "message-burst: 1         | message-burst: unknown key (expected:"
                        + " limits.message-burst, for example limits.message-burst: 100) at"
                        + " fanfare.yaml:1",
                "chanels: []              | chanels: unknown key (expected: channels) at"
                        + " fanfare.yaml:1",
                "weather: {}              | weather: unknown key (expected: a key that"
                        + " docs/configuration.md lists) at fanfare.yaml:1",
                "internal-port: 8000      | internal-port: 8000 (expected: another port than the"
                        + " public one, for example internal-port: 8002) at fanfare.yaml:1",
                "tls.key: none.pem        | tls.key: none.pem (expected: a PEM file that can be"
                        + " read, for example tls.key: /etc/fanfare/key.pem) at fanfare.yaml:1",
                "catalogue: none.yaml     | catalogue: none.yaml (expected: a file that can be"
                        + " read) at fanfare.yaml:1",
                "publish.payload-limit: 2MiB | publish.payload-limit: 2MiB (expected: at most"
                        + " limits.outbound-buffer, for example publish.payload-limit: 64KiB) at"
                        + " fanfare.yaml:1",
            })
    void saysWhatIsWrong(String yaml, String message) {
        assertThat(config.yaml(yaml).mistakes()).contains(message);
    }

    @Test
    void tellsAllMistakesAtOnce() {
        config.yaml(
                        """
                        port: x
                        limits:
                          chanels-per-connection: 1
                        channels:
                          - pattern: "a:{b}"
                        """)
                .environment("FANFARE_LOG_LEVEL", "loud")
                .property("fanfare.hots", "h")
                .option("event-loops", "-1");
        assertThat(config.mistakes())
                .containsExactlyInAnyOrder(
                        "hots: unknown key (expected: host, for example host: 127.0.0.1) from"
                                + " system property fanfare.hots",
                        "limits.chanels-per-connection: unknown key (expected:"
                                + " limits.channels-per-connection, for example"
                                + " limits.channels-per-connection: 128) at fanfare.yaml:3",
                        "port: x (expected: 0 to 65535, for example port: 8000) at fanfare.yaml:1",
                        "pattern: a:{b} (expected: a type for {b}, for example pattern:"
                                + " \"post:{post_id}\") at fanfare.yaml:5",
                        "event-loops: -1 (expected: 0 to 64, for example event-loops: 4) from the"
                                + " command line",
                        "log.level: loud (expected: error, warn, info, debug or trace, for example"
                                + " log.level: debug) from environment FANFARE_LOG_LEVEL");
    }

    @Test
    void printsOneMistakeALine() {
        config.option("port", "a").option("host", "");
        assertThatThrownBy(config::load)
                .isInstanceOf(ConfigException.class)
                .message()
                .hasLineCount(2)
                .contains(
                        "port: a (expected: 0 to 65535, for example port: 8000) from the command"
                                + " line");
    }

    @Test
    void needsBothTlsFiles() {
        config.file("cert.pem", "").yaml("tls.certificate: cert.pem");
        assertThat(config.mistakes())
                .containsExactly(
                        "tls.key: nothing (expected: a PEM file, because tls.certificate is set,"
                                + " for example tls.key: /etc/fanfare/key.pem)");
    }

    @Test
    void refusesTwoCatalogues() {
        config.file("channels.yaml", "channels: []").yaml("catalogue: channels.yaml\nevents: {}");
        assertThat(config.mistakes())
                .containsExactly(
                        "catalogue: channels.yaml (expected: no such key beside channels and"
                            + " events, for example catalogue: catalogue.yaml) at fanfare.yaml:1");
    }

    @Test
    void refusesASettingThatIsGivenTwice() {
        assertThat(config.yaml("log:\n  level: info\nlog.level: debug").mistakes())
                .containsExactly(
                        "log.level: a second value (expected: one value) at fanfare.yaml:3");
    }
}
