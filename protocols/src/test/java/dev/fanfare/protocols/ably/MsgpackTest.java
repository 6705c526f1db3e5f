package dev.fanfare.protocols.ably;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.msgpack.core.MessagePack;
import org.msgpack.value.ValueFactory;

/** Our msgpack beside that of its makers. */
class MsgpackTest {
    private static final Formats MSGPACK = Formats.MSGPACK;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 31, 32, 255, 256, 65_535, 65_536})
    void lengthsAreSaidInTheShortestForm(int length) throws Exception {
        var text = "x".repeat(length);
        var list = Collections.nCopies(length, 7L);
        var map = new LinkedHashMap<String, Object>();
        list.forEach(_ -> map.put("k" + map.size(), null));
        var bytes = new byte[length];
        try (var packer = MessagePack.newDefaultBufferPacker()) {
            packer.packArrayHeader(5).packString(text);
            packer.packArrayHeader(length);
            for (var number : list) {
                packer.packLong(number);
            }
            packer.packMapHeader(length);
            for (var key : map.keySet()) {
                packer.packString(key).packNil();
            }
            packer.packBinaryHeader(length).writePayload(bytes);
            packer.packBoolean(true);

            var document = packer.toByteArray();
            assertThat(MSGPACK.writeTree(Arrays.asList(text, list, map, bytes, true)))
                    .isEqualTo(document);
            assertThat(MSGPACK.readTree(document))
                    .usingRecursiveComparison()
                    .isEqualTo(Arrays.asList(text, list, map, bytes, true));
        }
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                1,
                -1,
                0x7F,
                0x80,
                0xFF,
                0x100,
                0xFFFF,
                0x10000,
                0xFFFF_FFFFL,
                0x1_0000_0000L,
                -0x20,
                -0x21,
                -0x80,
                -0x81,
                -0x8000,
                -0x8001,
                -0x8000_0000L,
                -0x8000_0001L,
                Long.MAX_VALUE,
                Long.MIN_VALUE
            })
    void numbersAreSaidInTheShortestForm(long number) throws Exception {
        try (var packer = MessagePack.newDefaultBufferPacker()) {
            packer.packLong(number);
            var document = packer.toByteArray();
            assertThat(MSGPACK.writeTree(number)).isEqualTo(document);
            assertThat(MSGPACK.readTree(document)).isEqualTo(number);
        }
    }

    @Test
    void othersReadWhatIsWritten() throws IOException {
        var tree = Map.of("a", List.of(1.5, -3L, "ü", Map.of("b", false)));
        try (var unpacker = MessagePack.newDefaultUnpacker(MSGPACK.writeTree(tree))) {
            assertThat(unpacker.unpackValue())
                    .isEqualTo(
                            ValueFactory.newMap(
                                    ValueFactory.newString("a"),
                                    ValueFactory.newArray(
                                            ValueFactory.newFloat(1.5),
                                            ValueFactory.newInteger(-3),
                                            ValueFactory.newString("ü"),
                                            ValueFactory.newMap(
                                                    ValueFactory.newString("b"),
                                                    ValueFactory.newBoolean(false)))));
        }
    }

    @Test
    void whatIsNestedDeeplyIsWritten() throws Unreadable {
        Object tree = List.of();
        for (int level = 0; level < 50; level++) {
            tree = List.of(tree, level % 20 == 0 ? Collections.nCopies(20, "x") : 1L);
        }

        assertThat(MSGPACK.readTree(MSGPACK.writeTree(tree))).isEqualTo(tree);
    }

    /** Forms that are longer than they must be, and what other languages have. */
    @ParameterizedTest
    @CsvSource({
        "ca40200000, 2.5",
        "cb4000000000000000, 2.0",
        "cfffffffffffffffff, 1.8446744073709552E19",
        "d3ffffffffffffffff, -1",
        "d2ffffffff, -1",
        "d1ffff, -1",
        "d0ff, -1",
        "ff, -1",
        "cd0001, 1",
        "ce00000001, 1",
        "db00000001" + "61, a",
        "dd00000001" + "01, [1]",
        "df00000001" + "a161" + "01, {a=1}",
        "81" + "05" + "01, {5=1}",
        "92" + "c0" + "d40000, '[null, null]'"
    })
    void allFormsAreRead(String hex, String value) throws Unreadable {
        assertThat(MSGPACK.readTree(HexFormat.of().parseHex(hex))).hasToString(value);
    }

    @ParameterizedTest
    @CsvSource({
        "'', it ends too early",
        "ddffffffff, it ends too early",
        "dfffffffff, it ends too early",
        "dbffffffff, it ends too early",
        "c6ffffffff, it ends too early",
        "c6ffffffff" + "00, it ends too early",
        "dd7fffffff" + "01, it ends too early",
        "8f, it ends too early",
        "82a16101, it ends too early",
        "cf00, it ends too early",
        "c1, 0xc1",
        "c7010000, 0xc7",
        "d6ff00000000, 0xd6",
        "d4ff00, an extension of type -1",
        "a1ff, a text that is not UTF-8",
        "a3eda080, a text that is not UTF-8",
        "0000, something behind the document",
        "82a16101a16102, the key \"a\" twice in one map",
        "82a1350105" + "01, the key \"5\" twice in one map",
        "81c001, a key that is neither text nor a whole number",
        "81c40101" + "01, a key that is neither text nor a whole number",
    })
    void whatIsNoDocumentIsRefused(String hex, String why) {
        assertThatThrownBy(() -> MSGPACK.readTree(HexFormat.of().parseHex(hex)))
                .isInstanceOf(Unreadable.class)
                .hasMessageStartingWith("msgpack: " + why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"91", "81a161", "81"})
    void whatIsNestedTooDeeplyIsRefused(String level) {
        var document = HexFormat.of().parseHex(level.repeat(100_000) + "01");

        assertThatThrownBy(() -> MSGPACK.readTree(document))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("more than 100 levels");
    }

    @Test
    void whatIsCutOffIsRefusedWhereverThatIs() {
        var tree =
                Map.of("text", "ü".repeat(20), "bytes", new byte[3], "list", List.of(1L, 70_000L));
        var document = MSGPACK.writeTree(tree);

        for (int length = 0; length < document.length; length++) {
            var cut = Arrays.copyOf(document, length);
            assertThatThrownBy(() -> MSGPACK.readTree(cut)).isInstanceOf(Unreadable.class);
        }
    }

    @Test
    void mapsAndArraysInMessagesAreJson() throws Unreadable {
        var data = new LinkedHashMap<String, Object>();
        data.put("z", List.of(1L, 2.0, 2.5, true));
        data.put("a", new byte[] {1});
        data.put("n", Double.NaN);
        var message =
                MSGPACK.readMessages(MSGPACK.writeTree(Map.of("data", data, "extras", data)))
                        .getFirst();

        var json = "{\"z\":[1,2,2.5,true],\"a\":\"AQ==\",\"n\":null}";
        assertThat(new String(message.data().bytes(), UTF_8)).isEqualTo(json);
        assertThat(message.data().encoding()).isEqualTo("json");
        assertThat(message.extras()).isEqualTo(json);
    }
}
