package dev.fanfare.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.access.AccessRule;
import dev.fanfare.core.broker.Retention;
import dev.fanfare.core.channel.Catalogue;
import dev.fanfare.core.channel.ChannelRules.Content;
import dev.fanfare.core.channel.ChannelRules.Content.Deltas;
import dev.fanfare.core.channel.ChannelRules.Content.Format;
import dev.fanfare.core.channel.ChannelRules.Continuity;
import dev.fanfare.core.channel.ChannelRules.Continuity.Mode;
import dev.fanfare.core.channel.ChannelRules.Continuity.Offer;
import dev.fanfare.core.channel.ChannelRules.Members;
import dev.fanfare.core.channel.ChannelRules.Naming;
import dev.fanfare.core.channel.NameLimits;
import dev.fanfare.core.channel.PayloadSchema;
import dev.fanfare.core.model.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
    void readsWhatElseAChannelCanBe() {
        var found =
                read("""
                channels:
                  - pattern: "room:{rest...}"
                    presence: true
                    join-leave: true
                    push-join-leave: true
                    history: { size: 1, age: 1m, remember: 720h }
                    positioning: forced
                    recovery: "off"
                    recovery-mode: cache
                    auto-cache-recovery: true
                    delta: on-request
                    tags-filter: true
                    payload: json-object
                    user-limited: true
                    name-regex: "^[a-z#0-9]+$"
                """)
                        .find("room:a#1")
                        .rules();
        assertThat(found.retention())
                .isEqualTo(new Retention(1, Duration.ofMinutes(1), Duration.ofDays(30)));
        assertThat(found.members()).isEqualTo(new Members(true, true, true));
        assertThat(found.continuity())
                .isEqualTo(new Continuity(Offer.FORCED, Offer.OFF, Mode.CACHE, true));
        assertThat(found.content())
                .isEqualTo(new Content(Map.of(), Format.JSON_OBJECT, Deltas.ON_REQUEST, true));
        assertThat(found.naming().userLimited()).isTrue();
        assertThat(found.naming().rule().describe()).contains("^[a-z#0-9]+$");
    }

    @Test
    void leavesEverythingAsUsualUnlessToldOtherwise() {
        var rules = read("channels: [{ pattern: a }]").find("a").rules();
        assertThat(rules.members()).isEqualTo(new Members(false, false, false));
        assertThat(rules.continuity()).isEqualTo(Continuity.USUAL);
        assertThat(rules.content())
                .isEqualTo(new Content(Map.of(), Format.SOMETHING, Deltas.OFF, false));
        assertThat(rules.naming()).isEqualTo(Naming.USUAL);
    }

    @Test
    void joinsRulesThatAllHaveToHold() {
        var subscriber = new AccessRule.Subscriber();
        assertThat(publishRule("signed-in and subscriber"))
                .isEqualTo(new AccessRule.AllOf(List.of(AccessRule.SIGNED_IN, subscriber)));
        assertThat(publishRule("claim a is b and claim c is d and subscriber"))
                .isEqualTo(
                        new AccessRule.AllOf(
                                List.of(
                                        new AccessRule.ClaimIs("a", "b"),
                                        new AccessRule.ClaimIs("c", "d"),
                                        subscriber)));
    }

    @Test
    void leavesAndToTheValueOfAClaim() {
        assertThat(publishRule("claim plays is rock and roll"))
                .isEqualTo(new AccessRule.ClaimIs("plays", "rock and roll"));
        assertThat(publishRule("claim plays is rock and roll and subscriber"))
                .isEqualTo(
                        new AccessRule.AllOf(
                                List.of(
                                        new AccessRule.ClaimIs("plays", "rock and roll"),
                                        new AccessRule.Subscriber())));
    }

    private static AccessRule publishRule(String rule) {
        return read("channels: [{ pattern: a, publish: " + rule + " }]")
                .find("a")
                .rules()
                .access()
                .publish();
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
                        + " positive-integer, uuid, slug, segment, name or user-id, for example"
                        + " variables.b: positive-integer) at c.yaml:1'",
                "'channels: [{ pattern: a, variables: { b: uuid } }]' | 'pattern: a (expected: {b}"
                        + " in it, or no type for it, for example pattern: \"post:{post_id}\") at"
                        + " c.yaml:1'",
                "'channels: [{ pattern: a, variables: x }]' | 'variables: x (expected: a group of"
                    + " keys, for example variables: { post_id: positive-integer }) at c.yaml:1'",
                "'channels: [{ pattern: a, subscribe: all }]' | 'subscribe: all (expected: nobody,"
                    + " everyone, signed-in, subscriber, claim NAME is VALUE, several joined by"
                    + " and, or a list of these, for example subscribe: signed-in) at c.yaml:1'",
                "'channels: [{ pattern: \"a:{b}\", variables: { b: uuid }, publish: \"user {c}\""
                    + " }]' | 'publish: user {c} (expected: nobody, everyone, signed-in,"
                    + " subscriber, user {b}, claim NAME is VALUE, claim NAME names {b}, several"
                    + " joined by and, or a list of these, for example publish: signed-in) at"
                    + " c.yaml:1'",
                "'channels: [{ pattern: a, subscribe: [] }]' | 'subscribe: a list (expected:"
                        + " nobody, everyone, signed-in, subscriber, claim NAME is VALUE, several"
                        + " joined by and, or a list of these, for example subscribe: signed-in) at"
                        + " c.yaml:1'",
                "'channels: [{ pattern: a, history: { size: -5, age: 1m } }]' | 'history.size: -5"
                        + " (expected: 0 to 100000, for example history.size: 200) at c.yaml:1'",
                "'channels: [{ pattern: a, history: { size: 5 } }]' | 'history.age: nothing"
                        + " (expected: 1s to 365d, for example history.age: 10m) at c.yaml:1'",
                "'channels: [{ pattern: a, history: { size: 5, age: 1m, ttl: 1 } }]' |"
                        + " 'history.ttl: unknown key (expected: one of size, age, remember) at"
                        + " c.yaml:1'",
                "'channels: [{ pattern: a, presense: true }]' | 'presense: unknown key (expected:"
                        + " presence) at c.yaml:1'",
                "'channels: [{ pattern: a, presence: yes }]' | 'presence: yes (expected: true or"
                        + " false, for example presence: true) at c.yaml:1'",
                "'channels: [{ pattern: a, recovery: always }]' | 'recovery: always (expected:"
                        + " off, allowed or forced, for example recovery: forced) at c.yaml:1'",
                "'channels: [{ pattern: a, recovery-mode: all }]' | 'recovery-mode: all (expected:"
                        + " stream or cache, for example recovery-mode: cache) at c.yaml:1'",
                "'channels: [{ pattern: a, auto-cache-recovery: true }]' | 'auto-cache-recovery:"
                        + " true (expected: recovery-mode: cache beside it, for example"
                        + " auto-cache-recovery: false) at c.yaml:1'",
                "'channels: [{ pattern: a, delta: on }]' | 'delta: on (expected: off, on-request or"
                        + " always, for example delta: always) at c.yaml:1'",
                "'channels: [{ pattern: a, payload: text }]' | 'payload: text (expected: something,"
                        + " json, json-object, anything or none, for example payload: json) at"
                        + " c.yaml:1'",
                "'channels: [{ pattern: a, name-regex: \"[\" }]' | 'name-regex: [ (expected: a"
                        + " regular expression, for example name-regex: \"^[a-z]+$\") at c.yaml:1'",
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
                CatalogueReader.checking(problems)
                        .read(YamlReader.read("c.yaml", yaml), NameLimits.USUAL);
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
