package dev.fanfare.server.websocket;

import static dev.fanfare.server.websocket.WebSocketFrames.FIN;
import static dev.fanfare.server.websocket.WebSocketFrames.RSV1;
import static dev.fanfare.server.websocket.WebSocketFrames.close;
import static dev.fanfare.server.websocket.WebSocketFrames.concat;
import static dev.fanfare.server.websocket.WebSocketFrames.deflate;
import static dev.fanfare.server.websocket.WebSocketFrames.fragments;
import static dev.fanfare.server.websocket.WebSocketFrames.frame;
import static dev.fanfare.server.websocket.WebSocketFrames.header;
import static dev.fanfare.server.websocket.WebSocketFrames.ping;
import static dev.fanfare.server.websocket.WebSocketFrames.pong;
import static dev.fanfare.server.websocket.WebSocketFrames.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketFrameDecoderTest {
    private static final int LIMIT = 100_000;
    private static final int PLAIN_TEXT = FIN | Opcode.TEXT;

    @Test
    void readsText() {
        assertThat(decode(text("hello, wörld"))).containsExactly("text hello, wörld");
    }

    @Test
    void readsBinary() {
        assertThat(decode(WebSocketFrames.binary(new byte[] {0, -1, 7})))
                .containsExactly("binary 00ff07");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 125, 126, 127, 65_535, 65_536, LIMIT})
    void readsEveryFormOfLength(int length) {
        assertThat(decode(text("x".repeat(length)))).containsExactly("text " + "x".repeat(length));
    }

    @Test
    void readsSeveralFramesAtOnce() {
        assertThat(decode(text("a"), ping("p"), pong(""), text("b")))
                .containsExactly("text a", "ping p", "pong", "text b");
    }

    @Test
    void joinsFragments() {
        byte[] frames = fragments(Opcode.TEXT, List.of(bytes("a"), bytes(""), bytes("b")));

        assertThat(decode(frames, text("c"))).containsExactly("text ab", "text c");
    }

    @Test
    void letsControlFramesInterruptAMessage() {
        assertThat(decode(frame(Opcode.TEXT, bytes("a")), ping("p"), frame(FIN, bytes("b"))))
                .containsExactly("ping p", "text ab");
    }

    @Test
    void readsACharacterCutByFragments() {
        byte[] euro = bytes("€");
        byte[] begin = {euro[0]};
        byte[] end = {euro[1], euro[2]};

        assertThat(decode(fragments(Opcode.TEXT, List.of(begin, end)))).containsExactly("text €");
    }

    @Test
    void refusesUnmaskedFrames() {
        assertViolation(1002, "client frame not masked", new byte[] {(byte) PLAIN_TEXT, 0});
    }

    @ParameterizedTest
    @ValueSource(ints = {0x10, 0x20, 0x30})
    void refusesReservedBits(int bits) {
        assertViolation(1002, "reserved bits set", frame(PLAIN_TEXT | bits, bytes("a")));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
    void refusesUnknownOpcodes(int opcode) {
        assertViolation(1002, "unknown opcode", frame(FIN | opcode, bytes("")));
    }

    @ParameterizedTest
    @ValueSource(ints = {Opcode.CLOSE, Opcode.PING, Opcode.PONG})
    void refusesControlFramesInFragments(int opcode) {
        assertViolation(1002, "control frame in fragments", frame(opcode, bytes("")));
    }

    @ParameterizedTest
    @ValueSource(ints = {Opcode.CLOSE, Opcode.PING, Opcode.PONG})
    void refusesLongControlFrames(int opcode) {
        assertViolation(1002, "control frame too long", frame(FIN | opcode, new byte[126]));
    }

    @Test
    void refusesContinuationOfNothing() {
        assertViolation(1002, "continuation of nothing", frame(FIN, bytes("a")));
    }

    @Test
    void refusesContinuationAfterTheLastFragment() {
        byte[] whole = fragments(Opcode.TEXT, List.of(bytes("a"), bytes("b")));

        assertThat(decode(whole, frame(FIN, bytes("c"))))
                .containsExactly("text ab", "violation 1002 continuation of nothing");
    }

    @Test
    void refusesAMessageInsideAnother() {
        byte[] begin = frame(Opcode.TEXT, bytes("a"));

        assertViolation(1002, "message inside a fragmented one", concat(begin, text("b")));
    }

    @Test
    void refusesLengthsNotInTheirShortestForm() {
        String rule = "frame length not in its shortest form";

        assertViolation(1002, rule, new byte[] {(byte) PLAIN_TEXT, (byte) 254, 0, 125});
        assertViolation(
                1002,
                rule,
                new byte[] {(byte) PLAIN_TEXT, -1, 0, 0, 0, 0, 0, 0, (byte) 0xFF, (byte) 0xFF});
    }

    @Test
    void refusesLengthsWithTheHighestBit() {
        assertViolation(
                1002,
                "frame length with its highest bit set",
                new byte[] {(byte) PLAIN_TEXT, -1, -128, 0, 0, 0, 0, 0, 0, 0});
    }

    @Test
    void refusesMessagesThatAreTooBigBeforeTheyArrive() {
        String rule = "message too big (expected: at most 100000 bytes)";

        assertViolation(1009, rule, header(PLAIN_TEXT, LIMIT + 1));
        assertViolation(1009, rule, header(PLAIN_TEXT, Long.MAX_VALUE));
        assertViolation(1009, rule, concat(frame(Opcode.BINARY, new byte[LIMIT]), header(FIN, 1)));
        assertViolation(
                1009, rule, concat(frame(Opcode.BINARY, new byte[1]), header(FIN, Long.MAX_VALUE)));
    }

    @Test
    void refusesTextAtItsFirstWrongByte() {
        byte[] begun = Arrays.copyOf(frame(PLAIN_TEXT, new byte[] {'a', (byte) 0xC0, 'b', 'c'}), 8);

        assertViolation(1007, "text is not UTF-8", begun);
    }

    @Test
    void refusesTextThatEndsInsideACharacter() {
        assertViolation(
                1007,
                "text is not UTF-8",
                frame(PLAIN_TEXT, new byte[] {(byte) 0xE2, (byte) 0x82}));
    }

    @Test
    void readsClose() {
        assertThat(decode(close(1000, "bye ✋"))).containsExactly("close 1000 bye ✋");
        assertThat(decode(frame(FIN | Opcode.CLOSE, bytes("")))).containsExactly("close 1005 ");
    }

    @Test
    void readsNothingAfterClose() {
        assertThat(decode(close(1001, ""), text("a"))).containsExactly("close 1001 ");
    }

    @Test
    void readsNothingAfterAViolation() {
        assertThat(decode(frame(FIN, bytes("a")), text("b"))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1002, 1003, 1007, 1011, 1012, 1014, 3000, 3999, 4000, 4999})
    void acceptsCodesThatMayTravel(int code) {
        assertThat(decode(close(code, ""))).containsExactly("close " + code + " ");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 2000, 2999, 5000, 65_535})
    void refusesCodesThatMayNot(int code) {
        assertViolation(1002, "close frame with code " + code, close(code, ""));
    }

    @Test
    void refusesMalformedClose() {
        assertViolation(
                1002, "close frame with half a code", frame(FIN | Opcode.CLOSE, bytes("a")));
        assertViolation(
                1007,
                "text is not UTF-8",
                frame(FIN | Opcode.CLOSE, new byte[] {3, (byte) 0xE8, -1}));
    }

    @Test
    void readsTheSameHoweverTheBytesAreCut() {
        byte[] all = conversation();
        var whole = DecoderLog.of(LIMIT, true, List.of(all));

        assertThat(whole).hasSize(9).last().asString().startsWith("close 1000");
        for (int cut = 0; cut <= all.length; cut++) {
            assertThat(DecoderLog.of(LIMIT, true, cutAt(all, cut))).isEqualTo(whole);
        }
    }

    @Test
    void readsTheSameHoweverOftenTheBytesAreCut() {
        byte[] all = conversation();
        var whole = DecoderLog.of(LIMIT, true, List.of(all));

        for (int seed = 0; seed < 500; seed++) {
            assertThat(DecoderLog.of(LIMIT, true, pieces(all, new Random(seed))))
                    .as("seed " + seed)
                    .isEqualTo(whole);
        }
    }

    /** Every kind of frame, and lengths around those of machine words. */
    private static byte[] conversation() {
        return concat(
                text("grüße 👋"),
                WebSocketFrames.binary(new byte[127]),
                frame(Opcode.TEXT, bytes("be")),
                ping("are you there"),
                frame(FIN, bytes("gun €uro")),
                frame(FIN | RSV1 | Opcode.TEXT, deflate(bytes("compressed ".repeat(20)))),
                pong(""),
                text(""),
                text("x".repeat(300)),
                close(1000, "thänks"),
                text("too late"));
    }

    private static List<byte[]> cutAt(byte[] all, int cut) {
        return List.of(Arrays.copyOf(all, cut), Arrays.copyOfRange(all, cut, all.length));
    }

    private static List<byte[]> pieces(byte[] all, Random random) {
        var pieces = new ArrayList<byte[]>();
        int longest = 1 + random.nextInt(20);
        for (int from = 0; from < all.length; ) {
            int to = Math.min(all.length, from + random.nextInt(longest + 1));
            pieces.add(Arrays.copyOfRange(all, from, to));
            from = to;
        }
        return pieces;
    }

    private static void assertViolation(int code, String rule, byte[] bytes) {
        assertThat(decode(bytes)).containsExactly("violation " + code + " " + rule);
    }

    private static List<String> decode(byte[]... pieces) {
        return DecoderLog.of(LIMIT, false, List.of(pieces));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
