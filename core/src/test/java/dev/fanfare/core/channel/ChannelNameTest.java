package dev.fanfare.core.channel;

import static dev.fanfare.core.access.AccessRule.EVERYONE;
import static dev.fanfare.core.access.AccessRule.NOBODY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.access.AccessRule;
import dev.fanfare.core.access.AccessRule.OneOf;
import dev.fanfare.core.broker.Retention;
import dev.fanfare.core.channel.Catalogue.Entry;
import dev.fanfare.core.channel.ChannelRules.Access;
import dev.fanfare.core.channel.ChannelRules.Content;
import dev.fanfare.core.channel.ChannelRules.Continuity;
import dev.fanfare.core.channel.ChannelRules.Members;
import dev.fanfare.core.channel.ChannelRules.Naming;
import dev.fanfare.core.model.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names as clients of Centrifugo mean them: a namespace, a private sign, a list of users. */
class ChannelNameTest {
    private static final Naming LIMITED = new Naming(true, NameRule.ANY);
    private static final Naming DIGITS =
            new Naming(false, new NameRule.Matching(Pattern.compile("^[0-9é]+$")));

    private final Entry plain = entry("{name}", Map.of("name", VariableType.NAME), LIMITED);
    private final Entry ns = entry("ns:{rest...}", Map.of(), LIMITED);
    private final Entry open = entry("open:{rest...}", Map.of(), Naming.USUAL);
    private final Entry room = entry("room:{rest...}", Map.of(), DIGITS);
    private final Catalogue catalogue =
            new Catalogue(List.of(plain, ns, open, room), new NameLimits(20, true));

    @ParameterizedTest
    @CsvSource({
        "news,      {name}",
        "a*,        {name}",
        "#42,       {name}",
        "ns,        {name}",
        "ns:x,      ns:{rest...}",
        "ns:a:b,    ns:{rest...}",
        "ns:,       ns:{rest...}",
        "ns:#42,    ns:{rest...}",
        "$ns:x,     ns:{rest...}",
        "$news,     {name}",
        "room:7,    room:{rest...}",
        "$room:7,   room:{rest...}",
    })
    void belongToTheirNamespace(String name, String pattern) {
        var expected =
                catalogue.entries().stream()
                        .filter(entry -> entry.pattern().toString().equals(pattern))
                        .findFirst()
                        .orElseThrow();

        assertThat(catalogue.find(name)).isNotNull();
        assertThat(catalogue.find(name).channel().name()).isEqualTo(name);
        assertThat(catalogue.find(name).rules().content().events())
                .isEqualTo(expected.rules().content().events());
    }

    @ParameterizedTest
    @ValueSource(strings = {"other:x", "$other:x", ":x", "#a:b", "other:", "", "$", "other:é"})
    void areUnknownInNoNamespace(String name) {
        assertThat(catalogue.find(name)).isNull();
        assertThat(catalogue.refusal(name).code()).isEqualTo(ErrorCode.UNKNOWN_CHANNEL);
    }

    @ParameterizedTest
    @CsvSource({
        "aaaaaaaaaaaaaaaaaaaaa,   a name of at most 20 characters",
        "other:aaaaaaaaaaaaaaaaa, a name of at most 20 characters",
        "né,                      a name in ASCII",
        "$né,                     a name in ASCII",
        "room:a,                  a name in which ^[0-9é]+$ is found",
        "room:,                   a name in which ^[0-9é]+$ is found",
        "$room:1a,                a name in which ^[0-9é]+$ is found",
    })
    void areRefusedWhereTheyAreNoneOfTheirNamespace(String name, String expected) {
        assertThat(catalogue.find(name)).isNull();
        var refusal = catalogue.refusal(name);
        assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(refusal.message())
                .isEqualTo("channel: " + name + " (expected: " + expected + ")");
    }

    @Test
    void mayHoldWhatTheirExpressionAllows() {
        assertThat(catalogue.find("room:é")).isNotNull();
        assertThat(catalogue.find("room:1\n")).isNull();
    }

    @Test
    void mayBeOfAnyScriptWhereNothingElseIsSaid() {
        assertThat(new Catalogue(List.of(open)).find("open:привет")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"#42, 42", "ns:#42, 42", "ns:dm#1#42, 42", "ns:a:b#42, 42"})
    void tellWhoMaySubscribe(String name, String user) {
        assertThat(catalogue.find(name).restricted()).isTrue();
        assertThat(subscribe(name)).isEqualTo(new OneOf(List.of(user)));
    }

    @Test
    void tellSeveralUsersButNeverNobody() {
        assertThat(subscribe("#1,2")).isEqualTo(new OneOf(List.of("1", "2")));
        assertThat(subscribe("ns:#")).isEqualTo(new OneOf(List.of()));
        assertThat(subscribe("ns:#,1")).isEqualTo(new OneOf(List.of("1")));
    }

    @Test
    void tellNoUsersWhereTheRulesDoNotSaySo() {
        assertThat(catalogue.find("open:#42").restricted()).isFalse();
        assertThat(subscribe("open:#42")).isEqualTo(EVERYONE);
        assertThat(catalogue.find("ns:x").restricted()).isFalse();
        assertThat(subscribe("ns:x")).isEqualTo(EVERYONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$news", "$ns:x", "$ns:#42", "$#42", "$open:x"})
    void leavePrivateChannelsToTokens(String name) {
        assertThat(catalogue.find(name).restricted()).isTrue();
        assertThat(subscribe(name)).isEqualTo(NOBODY);
    }

    @Test
    void belongToAPatternThatBeginsWithTheSign() {
        var own = entry("$own:{rest...}", Map.of(), Naming.USUAL);
        var found = new Catalogue(List.of(plain, own)).find("$own:x");

        assertThat(found.restricted()).isFalse();
        assertThat(found.rules()).isEqualTo(own.rules());
    }

    private AccessRule subscribe(String name) {
        return catalogue.find(name).rules().access().subscribe();
    }

    /** Its rules carry an event of the pattern's name, to be told apart by. */
    private static Entry entry(String pattern, Map<String, VariableType> types, Naming naming) {
        var events = Map.of(pattern, new EventContract(pattern, PayloadSchema.ANYTHING));
        return new Entry(
                ChannelPattern.parse(pattern, types),
                new ChannelRules(
                        new Access(EVERYONE, EVERYONE, EVERYONE, EVERYONE),
                        Retention.NONE,
                        new Members(false, false, false),
                        Continuity.USUAL,
                        Content.of(events),
                        naming));
    }
}
