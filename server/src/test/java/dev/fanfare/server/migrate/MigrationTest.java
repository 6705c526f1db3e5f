package dev.fanfare.server.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.core.access.AccessRule;
import dev.fanfare.core.access.AccessRule.AllOf;
import dev.fanfare.core.access.AccessRule.Subscriber;
import dev.fanfare.core.broker.Retention;
import dev.fanfare.core.channel.ChannelRules;
import dev.fanfare.core.channel.ChannelRules.Continuity.Offer;
import dev.fanfare.server.access.Secret;
import dev.fanfare.server.config.ConfigLoader;
import dev.fanfare.server.config.ConfigSources;
import dev.fanfare.server.config.Endpoint;
import dev.fanfare.server.config.ServerConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationTest {
    @TempDir private Path directory;

    @Test
    void anEmptyConfigurationIsThatOfTheOtherServer() throws Exception {
        var config = load("{}");

        assertThat(config.network().address().port()).isEqualTo(8000);
        assertThat(config.transports().endpoints())
                .extracting(Endpoint::path)
                .containsExactly("/connection/websocket");
        assertThat(config.transports().endpoints().getFirst().budget()).isNull();
        assertThat(config.limits().recovered()).isEqualTo(300);
        assertThat(config.publish().api().keys()).isEmpty();
        assertThat(config.operation().metrics()).isFalse();
        assertThat(config.catalogue().find("any name*")).isNotNull();
        assertThat(config.catalogue().find("no:namespace")).isNull();
        assertThat(config.token().secret()).isNotNull();
    }

    @Test
    void secretsThatAreMadeUpAreNeverTheSame() throws Exception {
        assertThat(Migration.ofCentrifugo("{}").configuration())
                .isNotEqualTo(Migration.ofCentrifugo("{}").configuration());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                    | nobody",
                "{'for_client': true}                                  | signed-in",
                "{'for_client': true, 'for_anonymous': true}           | everyone",
                "{'for_subscriber': true}                              | subscriber and signed-in",
                "{'for_subscriber': true, 'for_anonymous': true}       | subscriber",
                "{'for_client': true, 'for_subscriber': true}          | signed-in",
                "{'for_anonymous': true}                               | nobody"
            })
    void permissionsBecomeRules(String flags, String rule) throws Exception {
        var expected =
                switch (rule) {
                    case "nobody" -> AccessRule.NOBODY;
                    case "signed-in" -> AccessRule.SIGNED_IN;
                    case "everyone" -> AccessRule.EVERYONE;
                    case "subscriber" -> new Subscriber();
                    default -> new AllOf(List.of(AccessRule.SIGNED_IN, new Subscriber()));
                };
        for (var action : List.of("publish", "history", "presence")) {
            var keys = flags.replace("'for", "\"allow_" + action + "_for").replace('\'', '"');
            var access = rules(keys).access();
            assertThat(
                            switch (action) {
                                case "publish" -> access.publish();
                                case "history" -> access.history();
                                default -> access.presence();
                            })
                    .as(action)
                    .isEqualTo(expected);
            assertThat(access.subscribe()).isEqualTo(AccessRule.NOBODY);
        }
    }

    @Test
    void historyNeedsBothOfItsKeys() throws Exception {
        assertThat(rules("{\"history_size\": 5}").keepsHistory()).isFalse();
        assertThat(rules("{\"history_ttl\": \"5s\"}").keepsHistory()).isFalse();
        assertThat(rules("{\"history_size\": 5, \"history_ttl\": \"5s\"}").retention())
                .isEqualTo(new Retention(5, Duration.ofSeconds(5), Duration.ofDays(30)));
    }

    @Test
    void recoveryIsOffAllowedOrForced() throws Exception {
        assertThat(rules("{}").continuity().recovery()).isEqualTo(Offer.OFF);
        assertThat(rules("{\"allow_recovery\": true}").continuity().recovery())
                .isEqualTo(Offer.ALLOWED);
        assertThat(rules("{\"force_recovery\": true}").continuity().recovery())
                .isEqualTo(Offer.FORCED);
        assertThat(rules("{\"force_positioning\": true}").continuity().positioning())
                .isEqualTo(Offer.FORCED);
    }

    @Test
    void everyEndpointTakesTheSameVisitors() throws Exception {
        var config =
                load(
                        """
                        {
                          "client": {
                            "insecure": true,
                            "subscribe_to_user_personal_channel": {"enabled": true}
                          },
                          "sse": {"enabled": true, "handler_prefix": "/events"},
                          "uni_sse": {"enabled": true}
                        }
                        """);

        assertThat(config.transports().endpoints())
                .extracting(Endpoint::path)
                .containsExactly("/connection/websocket", "/events", "/connection/uni_sse");
        assertThat(config.transports().endpoints())
                .allSatisfy(
                        endpoint -> {
                            assertThat(endpoint.inBand().insecure()).isTrue();
                            assertThat(endpoint.channels()).containsExactly("#{user}");
                        });
    }

    @Test
    void whatIsDangerousIsToldLoudly() throws Exception {
        var migration =
                Migration.ofCentrifugo(
                        """
                        {
                          "client": {"insecure": true, "token": {"hmac_secret_key": "short"}},
                          "http_api": {"insecure": true}
                        }
                        """);

        assertThat(migration.remarks())
                .filteredOn(remark -> remark.startsWith("warning: "))
                .extracting(remark -> remark.split(": ", 3)[1])
                .containsExactlyInAnyOrder(
                        "client.insecure", "client.token.hmac_secret_key", "http_api.insecure");
        assertThat(migration.configuration().lines())
                .filteredOn(line -> line.contains("DANGEROUS"))
                .hasSize(2);
        assertThat(migration.remarks()).noneMatch(remark -> remark.contains("\"short"));
    }

    @Test
    void textsStayWhatTheyAre() throws Exception {
        var secret = "#a: \\\"b\\\" {c} [d] \\\\ é 😀 long enough";
        var config =
                load(
                        """
                        {"client": {"token": {"hmac_secret_key": "%s"}}}
                        """
                                .formatted(secret));

        assertThat(config.token().secret())
                .isEqualTo(new Secret("#a: \"b\" {c} [d] \\ é 😀 long enough"));
    }

    @Test
    void originsWithAnySchemeBecomeTwo() throws Exception {
        var origins =
                load("""
                {"client": {"allowed_origins": ["*://*.example.com"]}}
                """)
                        .network()
                        .origins();

        assertThat(origins.allows("https://a.example.com", null)).isTrue();
        assertThat(origins.allows("http://a.example.com", null)).isTrue();
        assertThat(origins.allows("https://example.org", null)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"http_server\": {\"port\": 9000}}",
                "http_server:\n  port: 9000\n",
                "---\nhttp_server: {port: \"9000\"}\n",
                "[http_server]\nport = 9000\n",
                "# a comment\n\nhttp_server.port = 9000\n"
            })
    void readsWhateverFormatItIsIn(String text) throws Exception {
        assertThat(load(text).network().address().port()).isEqualTo(9000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{} {}", "a: b: c", "a = ", "text", "{\"a\": }"})
    void saysWhatItCannotRead(String text) {
        assertThatThrownBy(() -> Migration.ofCentrifugo(text))
                .isInstanceOf(UnreadableConfiguration.class)
                .hasMessageContaining("expected: JSON, YAML or TOML");
    }

    @Test
    void aValueOfTheWrongKindIsTold() throws Exception {
        assertThat(
                        Migration.ofCentrifugo(
                                        """
                                        {
                                          "client": 5,
                                          "channel": {
                                            "max_length": "long",
                                            "history_meta_ttl": "soon",
                                            "namespaces": [{"name": "a b"}, {"name": "c"}, {"name": "c"}]
                                          },
                                          "sse": {"enabled": "perhaps"}
                                        }
                                        """)
                                .remarks())
                .containsExactlyInAnyOrder(
                        "not carried over: client: it is not a group of keys",
                        "not carried over: channel.max_length: it is not a whole number",
                        "not carried over: sse.enabled: it is not true or false",
                        "not carried over: channel.history_meta_ttl: it is not a time like 25s or"
                                + " 1h30m",
                        "not carried over: channel.namespaces[0].name: no name of a namespace",
                        "not carried over: channel.namespaces[2].name: a second namespace of this"
                                + " name");
    }

    private ChannelRules rules(String namespace) throws Exception {
        var named = namespace.replaceFirst("\\{", "{\"name\": \"ns\", ").replace(", }", "}");
        var text = "{\"channel\": {\"namespaces\": [" + named + "]}}";
        var found = load(text).catalogue().find("ns:x");
        assertThat(found).isNotNull();
        return found.rules();
    }

    private ServerConfig load(String text) throws Exception {
        var file =
                Files.writeString(
                        directory.resolve("fanfare.yaml"),
                        Migration.ofCentrifugo(text).configuration());
        return ConfigLoader.load(new ConfigSources(Map.of(), Map.of(), Map.of(), directory, file));
    }
}
