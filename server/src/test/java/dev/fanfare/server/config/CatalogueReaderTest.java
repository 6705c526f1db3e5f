package dev.fanfare.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.access.AccessRule;
import dev.fanfare.core.broker.Retention;
import dev.fanfare.core.channel.Catalogue;
import dev.fanfare.core.channel.PayloadSchema;
import dev.fanfare.core.model.Payload;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueReaderTest {
    @Test
    void readsPatternsAndRules() {
        var channel =
                read("""
                channels:
                  - pattern: "doc:{id}"
                    variables: { id: uuid }
                    subscribe: ["user {id}", claim role is super admin]
                    publish: "claim docs names {id}"
                    history: { size: 7, age: 2h }
                    see-history: everyone
                    presence: true
                    see-presence: nobody
                    events: [edited]
                events:
                  edited:
                  other: {}
                """)
                        .find("doc:0190a6c4-7c1e-7c4b-8d6e-0123456789ab");
        var rules = channel.rules();
        assertThat(rules.access().subscribe())
                .isEqualTo(
                        new AccessRule.AnyOf(
                                List.of(
                                        new AccessRule.UserNamed("id"),
                                        new AccessRule.ClaimIs("role", "super admin"))));
        assertThat(rules.access().publish()).isEqualTo(new AccessRule.ClaimNames("docs", "id"));
        assertThat(rules.access().history()).isEqualTo(AccessRule.EVERYONE);
        assertThat(rules.access().presence()).isEqualTo(AccessRule.NOBODY);
        assertThat(rules.retention()).isEqualTo(new Retention(7, Duration.ofHours(2)));
        assertThat(rules.presence()).isTrue();
        assertThat(rules.events()).containsOnlyKeys("edited");
        assertThat(rules.events().get("edited").schema()).isEqualTo(PayloadSchema.ANYTHING);
    }

    @Test
    void letsNobodyDoAnythingUnlessToldSo() {
        var rules = read("channels: [{ pattern: a }]").find("a").rules();
        assertThat(rules.access().subscribe()).isEqualTo(AccessRule.NOBODY);
        assertThat(rules.access().publish()).isEqualTo(AccessRule.NOBODY);
        assertThat(rules.retention()).isEqualTo(Retention.NONE);
        assertThat(rules.presence()).isFalse();
        assertThat(rules.events()).isEmpty();
    }

    @Test
    void whoSubscribesSeesHistoryAndPresence() {
        var access =
                read("channels: [{ pattern: a, subscribe: signed-in }]").find("a").rules().access();
        assertThat(access.history()).isEqualTo(AccessRule.SIGNED_IN);
        assertThat(access.presence()).isEqualTo(AccessRule.SIGNED_IN);
    }

    @Test
    void readsSchemas() {
        var rules =
                read("""
                channels: [{ pattern: a, events: [e] }]
                events: { e: { schema: { properties: { n: { type: integer, maximum: 5 } } } } }
                """)
                        .find("a")
                        .rules();
        var schema = rules.events().get("e").schema();
        assertThat(schema.check(Payload.json("{\"n\":5}"))).isNull();
        assertThat(schema.check(Payload.json("{\"n\":6}"))).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "channels:                                  | 'channels: nothing (expected: a list"
                        + " of channels, for example channels: [{ pattern: \"post:{post_id}\","
                        + " variables: { post_id: positive-integer } }]) at c.yaml:1'",
                "channels: [a]                              | 'channels: a (expected: a channel''s"
                    + " keys, for example channels: [{ pattern: \"post:{post_id}\", variables: {"
                    + " post_id: positive-integer } }]) at c.yaml:1'",
                "channels: [{}]                             | 'pattern: nothing (expected: a"
                        + " channel pattern, for example pattern: \"post:{post_id}\") at c.yaml:1'",
                "channels: [{ pattern: 'a:{b}' }]           | 'pattern: a:{b} (expected: a type for"
                        + " {b}, for example pattern: \"post:{post_id}\") at c.yaml:1'",
                "channels: [{ pattern: 'a:*' }]             | 'pattern: a:* (expected: text or one"
                        + " {variable} between colons and no *, unlike *, for example pattern:"
                        + " \"post:{post_id}\") at c.yaml:1'",
                "'channels: [{ pattern: a, variables: { b: int } }]' | 'variables.b: int (expected:"
                    + " positive-integer, uuid, slug, segment or user-id, for example variables.b:"
                    + " positive-integer) at c.yaml:1'",
                "'channels: [{ pattern: a, variables: { b: uuid } }]' | 'pattern: a (expected: {b}"
                        + " in it, or no type for it, for example pattern: \"post:{post_id}\") at"
                        + " c.yaml:1'",
                "'channels: [{ pattern: a, variables: x }]' | 'variables: x (expected: a group of"
                    + " keys, for example variables: { post_id: positive-integer }) at c.yaml:1'",
                "'channels: [{ pattern: a, subscribe: all }]' | 'subscribe: all (expected: nobody,"
                    + " everyone, signed-in, claim NAME is VALUE, or a list of these, for example"
                    + " subscribe: signed-in) at c.yaml:1'",
                "'channels: [{ pattern: \"a:{b}\", variables: { b: uuid }, publish: \"user {c}\""
                    + " }]' | 'publish: user {c} (expected: nobody, everyone, signed-in, user {b},"
                    + " claim NAME is VALUE, claim NAME names {b}, or a list of these, for example"
                    + " publish: signed-in) at c.yaml:1'",
                "'channels: [{ pattern: a, subscribe: [] }]' | 'subscribe: a list (expected:"
                    + " nobody, everyone, signed-in, claim NAME is VALUE, or a list of these, for"
                    + " example subscribe: signed-in) at c.yaml:1'",
                "'channels: [{ pattern: a, history: { size: -5, age: 1m } }]' | 'history.size: -5"
                        + " (expected: 0 to 100000, for example history.size: 200) at c.yaml:1'",
                "'channels: [{ pattern: a, history: { size: 5 } }]' | 'history.age: nothing"
                        + " (expected: 1s to 365d, for example history.age: 10m) at c.yaml:1'",
                "'channels: [{ pattern: a, history: { size: 5, age: 1m, ttl: 1 } }]' |"
                        + " 'history.ttl: unknown key (expected: one of size, age) at c.yaml:1'",
                "'channels: [{ pattern: a, presense: true }]' | 'presense: unknown key (expected:"
                        + " presence) at c.yaml:1'",
                "'channels: [{ pattern: a, presence: yes }]' | 'presence: yes (expected: true or"
                        + " false, for example presence: true) at c.yaml:1'",
                "'channels: [{ pattern: a, events: [gift] }]' | 'events: gift (expected: an event"
                        + " that is declared under events) at c.yaml:1'",
                "'channels: [{ pattern: a, events: [] }]'  | 'events: a list (expected: at least"
                        + " one event, or no such key, for example events: [gift.received]) at"
                        + " c.yaml:1'",
                "'channels: [{ pattern: a, events: [[x]] }]' | 'events: a list (expected: names of"
                        + " events, for example events: [gift.received]) at c.yaml:1'",
                "'channels: [{ pattern: a }, { pattern: a }]' | 'pattern: a (expected: other names"
                        + " than those of a) at c.yaml:1'",
                "'{ channels: [], events: { e: 1 } }'      | 'events.e: 1 (expected: a group of"
                        + " keys, for example events.e: {}) at c.yaml:1'",
                "'{ channels: [], events: { e: { scheme: {} } } }' | 'events.e.scheme: unknown key"
                        + " (expected: schema) at c.yaml:1'",
                "'{ channels: [], event: {} }'             | 'event: unknown key (expected: events)"
                        + " at c.yaml:1'",
            })
    void saysWhatIsWrong(String yaml, String message) {
        assertThat(mistakes(yaml)).containsExactly(message);
    }

    @Test
    void saysWhyASchemaIsNone() {
        assertThat(mistakes("{ channels: [], events: { e: { schema: { type: arry } } } }"))
                .singleElement()
                .asString()
                .startsWith(
                        "events.e.schema: a group of keys (expected: JSON Schema 2020-12: /type: ")
                .endsWith(
                        ", for example events.e.schema: { type: object, required: [id] }) at"
                                + " c.yaml:1");
        assertThat(mistakes("{ channels: [], events: { e: { schema: { $ref: '#' } } } }"))
                .hasSize(1);
        assertThat(mistakes("{ channels: [], events: { e: { schema: { $ref: 'http://a/b' } } } }"))
                .hasSize(1);
        assertThat(mistakes("{ channels: [], events: { e: { schema: { pattern: '[' } } } }"))
                .hasSize(1);
    }

    @Test
    void suggestsTheEventThatWasMeant() {
        var yaml =
                "{ channels: [{ pattern: a, events: [gift.recieved] }], events: { gift.received: {}"
                        + " } }";
        assertThat(mistakes(yaml))
                .containsExactly("events: gift.recieved (expected: gift.received) at c.yaml:1");
    }

    @Test
    void namesTheLine() {
        var yaml =
                """
                channels:
                  - pattern: a

                  - pattern: b
                    history:
                      size: 10
                      age: soon
                """;
        assertThat(mistakes(yaml))
                .containsExactly(
                        "history.age: soon (expected: 1s to 365d, for example history.age: 10m) at"
                                + " c.yaml:7");
    }

    private static Catalogue read(String yaml) {
        var problems = new Problems();
        var catalogue =
                CatalogueReader.checking(problems).read(YamlReader.read("c.yaml", yaml), 255);
        problems.throwIfAny();
        return catalogue;
    }

    private static List<String> mistakes(String yaml) {
        try {
            read(yaml);
            return List.of();
        } catch (ConfigException wrong) {
            return wrong.problems().stream().map(Problem::message).toList();
        }
    }
}
