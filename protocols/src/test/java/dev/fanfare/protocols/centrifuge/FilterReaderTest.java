package dev.fanfare.protocols.centrifuge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.TagsFilter;
import dev.fanfare.core.model.TagsFilter.Decimal.Order;
import dev.fanfare.core.model.TagsFilter.Text.Relation;
import dev.fanfare.core.protocol.Codec;
import dev.fanfare.core.protocol.Command;
import dev.fanfare.core.protocol.Command.Subscribe.Options;
import dev.fanfare.core.protocol.ProtocolException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The filter that comes with a subscribe command. */
class FilterReaderTest {
    private static final Codec JSON = CentrifugeCodec.json("0.1.0");
    private static final Codec PROTOBUF = CentrifugeCodec.protobuf("0.1.0");
    private static final TagsFilter IS_B = new TagsFilter.Text("a", Relation.EQUALS, "b");
    private static final TagsFilter HAS_A = new TagsFilter.Exists("a");

    static Stream<Arguments> leaves() {
        return Stream.of(
                leaf("eq", IS_B),
                leaf("neq", new TagsFilter.Not(IS_B)),
                leaf("in", new TagsFilter.In("a", Set.of("x", "y"))),
                leaf("nin", new TagsFilter.Not(new TagsFilter.In("a", Set.of("x", "y")))),
                leaf("ex", HAS_A),
                leaf("nex", new TagsFilter.Not(HAS_A)),
                leaf("sw", new TagsFilter.Text("a", Relation.STARTS_WITH, "b")),
                leaf("ew", new TagsFilter.Text("a", Relation.ENDS_WITH, "b")),
                leaf("ct", new TagsFilter.Text("a", Relation.CONTAINS, "b")),
                leaf("lt", new TagsFilter.Decimal("a", Order.LESS, "b")),
                leaf("lte", new TagsFilter.Decimal("a", Order.AT_MOST, "b")),
                leaf("gt", new TagsFilter.Decimal("a", Order.MORE, "b")),
                leaf("gte", new TagsFilter.Decimal("a", Order.AT_LEAST, "b")));
    }

    private static Arguments leaf(String comparison, TagsFilter filter) {
        return Arguments.of(comparison, filter);
    }

    @ParameterizedTest
    @MethodSource("leaves")
    void readsEveryComparison(String comparison, TagsFilter filter) throws Exception {
        var rest = "\",\"val\":\"b\",\"vals\":[\"x\",\"y\"]}";

        assertThat(json("{\"key\":\"a\",\"cmp\":\"" + comparison + rest)).isEqualTo(filter);
    }

    @Test
    void readsTrees() throws Exception {
        var leaf = "{\"key\":\"a\",\"cmp\":\"ex\"}";
        var not = "{\"op\":\"not\",\"nodes\":[" + leaf + "]}";
        var tree = "{\"op\":\"or\",\"nodes\":[" + not + ",{\"op\":\"and\",\"nodes\":[" + leaf;

        assertThat(json(tree + "," + leaf + "]}]}"))
                .isEqualTo(
                        new TagsFilter.AnyOf(
                                List.of(
                                        new TagsFilter.Not(HAS_A),
                                        new TagsFilter.AllOf(List.of(HAS_A, HAS_A)))));
    }

    /** {@code not (a in [x, y])}, in a subscribe command with id 1 to the channel c. */
    @Test
    void readsProtobuf() throws Exception {
        var frame =
                "1d 0801 2a19 0a0163 6a14 0a036e6f74 320d 120161 1a02696e 2a0178 2a0179"
                        .replace(" ", "");
        var request = PROTOBUF.decode(HexFormat.of().parseHex(frame), true).getFirst();

        assertThat(((Command.Subscribe) request.command()).options().filter())
                .isEqualTo(new TagsFilter.Not(new TagsFilter.In("a", Set.of("x", "y"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | tf.key: nothing (expected: a tag's name)",
                "{\"cmp\":\"eq\"} | tf.key: nothing (expected: a tag's name)",
                "{\"key\":\"a\"} | tf.cmp:  (expected: eq, neq, in, nin, ex, nex, sw,",
                "{\"key\":\"a\",\"cmp\":\"is\"} | tf.cmp: is (expected: eq, neq,",
                "{\"op\":\"and\"} | tf.nodes: nothing (expected: what 'and' is about)",
                "{\"op\":\"xor\",\"nodes\":[{\"key\":\"a\",\"cmp\":\"ex\"}]} | tf.op: xor"
                        + " (expected:",
                "{\"op\":\"not\",\"nodes\":[{\"key\":\"a\",\"cmp\":\"ex\"},{\"key\":\"a\",\"cmp\":\"ex\"}]}"
                    + " | tf.nodes: 2 nodes (expected: one, after 'not')",
                "{\"op\":\"not\",\"nodes\":[{\"key\":\"a\"}]} | tf.cmp:",
            })
    void saysWhatIsWrong(String filter, String why) throws Exception {
        assertThat(refused(filter)).startsWith(why);
    }

    @Test
    void limitsSizeAndDepth() throws Exception {
        var leaf = "{\"key\":\"a\",\"cmp\":\"ex\"}";
        var large = "tf: a larger filter (expected: at most 256 nodes, at most 16 deep)";

        assertThat(json(wide(leaf, 255))).isInstanceOf(TagsFilter.AnyOf.class);
        assertThat(refused(wide(leaf, 256))).isEqualTo(large);
        assertThat(json(deep(leaf, 15))).isInstanceOf(TagsFilter.Not.class);
        assertThat(refused(deep(leaf, 16))).isEqualTo(large);
    }

    private static String wide(String leaf, int count) {
        return "{\"op\":\"or\",\"nodes\":[" + (leaf + ",").repeat(count - 1) + leaf + "]}";
    }

    private static String deep(String leaf, int depth) {
        return "{\"op\":\"not\",\"nodes\":[".repeat(depth) + leaf + "]}".repeat(depth);
    }

    @Test
    void endsTheConnectionOverWhatIsNoFilterAtAll() {
        for (var filter : new String[] {"1", "[]", "{\"nodes\":{}}", "{\"nodes\":[1]}"}) {
            assertThatThrownBy(() -> json(filter)).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void endsTheConnectionOverAWrongFilterInItsFirstCommand() throws Exception {
        assertThatThrownBy(() -> connect("{}")).isInstanceOf(ProtocolException.class);
        assertThat(connect("{\"key\":\"a\",\"cmp\":\"ex\"}").channels().getFirst().options())
                .extracting(Options::filter)
                .isEqualTo(HAS_A);
    }

    private static Command.Connect connect(String filter) throws ProtocolException {
        var subs = "{\"c\":{\"tf\":" + filter + "}}";
        return (Command.Connect) decode("{\"id\":1,\"connect\":{\"subs\":" + subs + "}}");
    }

    private static TagsFilter json(String filter) throws ProtocolException {
        return ((Command.Subscribe) subscribe(filter)).options().filter();
    }

    private static String refused(String filter) throws ProtocolException {
        var refusal = ((Command.Unreadable) subscribe(filter)).why();
        assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_REQUEST);
        return refusal.message();
    }

    private static Command subscribe(String filter) throws ProtocolException {
        return decode("{\"id\":1,\"subscribe\":{\"channel\":\"c\",\"tf\":" + filter + "}}");
    }

    private static Command decode(String command) throws ProtocolException {
        return JSON.decode(command.getBytes(UTF_8), false).getFirst().command();
    }
}
