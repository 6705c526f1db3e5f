package dev.fanfare.ably.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CapabilityTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    *            | news             | true
                    *            | news:local:paris | true
                    *            | [meta]log        | false
                    news         | news             | true
                    news         | news:local       | false
                    news         | [?rewind=1]news  | true
                    news         | [filter=bmFt]news | true
                    news         | [filter=bmFt?rewind=1]news | true
                    news         | [meta]news       | false
                    news         | [meta?rewind=1]news | false
                    news:*       | news:local       | true
                    news:*       | news:local:paris | true
                    news:*       | news:            | true
                    news:*       | news             | false
                    news:*       | newspaper:local  | false
                    *:local      | news:local       | true
                    *:local      | news:far:local   | false
                    *:local      | local            | false
                    news:*:paris | news:local:paris | true
                    news:*:paris | news:paris       | false
                    news:*:paris | news:a:b:paris   | false
                    *:*          | news             | false
                    *:*          | news:local       | true
                    *:*          | news:local:paris | true
                    foo*         | foobar           | false
                    foo*         | foo*             | true
                    foo*:bar     | foo1:bar         | false
                    *foo         | 1foo             | false
                    [meta]*      | [meta]log        | true
                    [meta]*      | [meta]log:push   | true
                    [meta]*      | [queue]log       | false
                    [meta]*      | log              | false
                    [meta]log    | [meta]log        | true
                    [meta]log    | [meta?rewind=1]log | true
                    [queue]*     | [queue]x:y       | true
                    [*]*         | news:local       | true
                    [*]*         | [meta]log        | true
                    [*]*         | [queue]x         | true
                    [*]news      | [meta]news       | true
                    [*]news      | news             | true
                    [*]news      | other            | false
                    """)
    void familiesOfNamesTakeChannels(String resource, String channel, boolean taken) throws Denied {
        var capability = Capability.of(Map.of(resource, List.of("publish")));

        assertThat(capability.allows(Operation.PUBLISH, channel)).isEqualTo(taken);
        assertThat(capability.allows(Operation.SUBSCRIBE, channel)).isFalse();
        assertThat(capability.on(channel).isEmpty()).isNotEqualTo(taken);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    *            | *            | *
                    [*]*         | *            | *
                    [*]*         | [meta]*      | [meta]*
                    [*]*         | [*]*         | [*]*
                    [meta]*      | *            |
                    [meta]log    | [queue]log   |
                    *            | news         | news
                    news:*       | news         |
                    news:*       | news:local   | news:local
                    news:*       | news:*       | news:*
                    news:*       | *            | news:*
                    news:*       | *:local      | news:local
                    news:*       | *:*          | news:*
                    news:*       | *:*:paris    | news:*:paris
                    news:*:paris | news:local:* | news:local:paris
                    news:*:paris | news:*       | news:*:paris
                    news:*:*     | news:*       | news:*:*
                    news:*:*     | news:local   |
                    *:local      | *:paris      |
                    foo*         | foobar       |
                    foo*         | *            | foo*
                    """)
    void familiesHaveWhatBothTakeInCommon(String one, String other, String common) throws Denied {
        var a = Capability.of(Map.of(one, List.of("publish")));
        var b = Capability.of(Map.of(other, List.of("*")));
        var expected =
                common == null
                        ? Map.<String, List<String>>of()
                        : Map.of(common, List.of("publish"));

        assertThat(a.intersect(b).tree()).isEqualTo(expected);
        assertThat(b.intersect(a).tree()).isEqualTo(expected);
        assertThat(a.intersect(b).isEmpty()).isEqualTo(common == null);
    }

    @Test
    void familiesThatTakeAChannelAllowItTogether() throws Denied {
        var capability =
                Capability.of(
                        Map.of(
                                "news:*", List.of("subscribe"),
                                "news:local", List.of("publish", "presence"),
                                "*", List.of("history")));

        assertThat(capability.on("news:local"))
                .containsExactlyInAnyOrder(
                        Operation.SUBSCRIBE,
                        Operation.PUBLISH,
                        Operation.PRESENCE,
                        Operation.HISTORY);
        assertThat(capability.on("news:far"))
                .containsExactlyInAnyOrder(Operation.SUBSCRIBE, Operation.HISTORY);
        assertThat(capability.on("other")).containsExactly(Operation.HISTORY);
    }

    @Test
    void anIntersectionAllowsOfEachChannelWhatBothAllow() throws Denied {
        var key =
                Capability.of(
                        Map.of(
                                "canpublish:*", List.of("publish"),
                                "canpublish:andpresence", List.of("presence", "publish"),
                                "elsewhere", List.of("subscribe")));
        var asked =
                Capability.of(
                        Map.of(
                                "canpublish:andpresence", List.of("*"),
                                "canpublish:x", List.of("subscribe", "publish"),
                                "elsewhere", List.of("publish")));

        assertThat(key.intersect(asked).tree())
                .isEqualTo(
                        Map.of(
                                "canpublish:andpresence", List.of("presence", "publish"),
                                "canpublish:x", List.of("publish")));
    }

    @Test
    void equalCapabilitiesLookTheSame() throws Denied {
        var capability =
                Capability.of(
                        Map.of(
                                "b", List.of("subscribe", "channel-metadata", "publish"),
                                "a", List.of("*"),
                                "[meta]x", List.of("stats")));

        assertThat(capability.tree())
                .hasToString("{[meta]x=[stats], a=[*], b=[channel-metadata, publish, subscribe]}");
    }

    @Test
    void allOperationsAreAnAsterisk() throws Denied {
        var all = List.of(Operation.values()).stream().map(Operation::word).toList();

        assertThat(Capability.of(Map.of("a", all)).tree()).isEqualTo(Map.of("a", List.of("*")));
    }

    @Test
    void theFullCapabilityAllowsEverything() {
        for (var operation : Operation.values()) {
            assertThat(Capability.FULL.allows(operation, "any:thing")).isTrue();
            assertThat(Capability.FULL.allows(operation, "[meta]log")).isTrue();
            assertThat(Capability.FULL.allows(operation, "*")).isTrue();
        }
    }

    @Test
    void statsAreOfTheWholeApplication() throws Denied {
        var all = Capability.of(Map.of("*", List.of("stats")));
        var one = Capability.of(Map.of("news", List.of("stats")));

        assertThat(all.allows(Operation.STATS, "*")).isTrue();
        assertThat(one.allows(Operation.STATS, "*")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"write", "PUBLISH", ""})
    void refusesWordsThatAreNoOperation(String word) {
        assertRefused(Map.of("a", List.of(word)), "expected: an operation, such as publish, or *");
    }

    @Test
    void refusesWhatSaysNothing() {
        assertRefused(Map.of(), "expected: at least one channel and its operations");
        assertRefused(Map.of("a", List.of()), "expected: a list of operations");
        assertRefused(Map.of("a", "publish"), "expected: a list of operations");
    }

    @Test
    void refusesAnAsteriskBesideOthers() {
        assertRefused(Map.of("a", List.of("*", "publish")), "expected: nothing beside *");
    }

    private static void assertRefused(Map<?, ?> tree, String expected) {
        assertThatThrownBy(() -> Capability.of(tree))
                .hasMessageContaining(expected)
                .asInstanceOf(type(Denied.class))
                .satisfies(denied -> assertThat(denied.error().code()).isEqualTo(40000))
                .satisfies(denied -> assertThat(denied.error().status()).isEqualTo(400));
    }
}
