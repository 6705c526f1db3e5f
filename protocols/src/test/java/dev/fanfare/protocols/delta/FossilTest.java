package dev.fanfare.protocols.delta;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deltas by the book, and what is none. */
class FossilTest {
    private static final String SENTENCE = "the quick brown fox jumps over the lazy dog";

    @Test
    void insertsWhatTheBaseDoesNotHave() {
        assertThat(delta("", "hello")).isEqualTo("5\n5:hello3NPMmh;");
    }

    @Test
    void tellsAnEmptyTarget() {
        assertThat(delta(SENTENCE, "")).isEqualTo("0\n0;");
    }

    @Test
    void copiesWhatHasNotChanged() {
        assertThat(delta(SENTENCE, SENTENCE)).startsWith("g\ng@0,").hasSizeLessThan(15);
    }

    @Test
    void copiesAroundAChange() {
        var changed = SENTENCE.replace("jumps", "leaps");

        assertThat(delta(SENTENCE, changed)).startsWith("g\nK@0,3:leaK@N,");
    }

    @Test
    void findsWhatHasMoved() throws DeltaException {
        var moved = "over the lazy dog " + "the quick brown fox jumps";

        assertThat(delta(SENTENCE, moved)).contains("@0,").contains("@Q,");
        assertThat(apply(SENTENCE, delta(SENTENCE, moved))).isEqualTo(moved);
    }

    @Test
    void isShortWhereLittleHasChangedInMuch() {
        var base = "abcdefghijklmnopqrstuvwxyz0123456789".repeat(1000);
        var target = new StringBuilder(base).replace(20_000, 20_003, "NEW").toString();

        assertThat(delta(base, target)).hasSizeLessThan(40);
    }

    /** The example in the documentation of the format: its numbers, and what they add up to. */
    @Test
    void readsTheNumbersOfThePublishedExample() {
        var base = new byte[6300];
        var example =
                "1Xb\n4E@0,2:thFN@4C,6:scenda1B@Jd,6:scenda5x@Kt,6:pieces79@Qt,"
                        + "F: Example: eskil~E@Y0,2zMM3E;";

        assertThatThrownBy(() -> Fossil.apply(base, example.getBytes(UTF_8)))
                .isInstanceOf(DeltaException.class)
                .hasMessageContaining("checksum")
                .hasMessageContaining("(expected: 3193528526)");
    }

    @Test
    void appliesTheOperationsInAnyOrder() throws DeltaException {
        assertThat(apply("abcdef", "8\n2@4,3:xyz3@0,X;".replace("X", sum("efxyzabc"))))
                .isEqualTo("efxyzabc");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ''                 | length: at byte 0 (expected: a number)
                    'x'                | length: at byte 1 (expected: more than the delta has)
                    '5;'               | length: at byte 1 (expected: its end, the character 10)
                    '5#'               | command: at byte 2 (expected: a number)
                    '5#3'              | command: at byte 3 (expected: more than the delta has)
                    '5#3!'             | command: at byte 2 (expected: '@', ':' or ';' after its number)
                    '5#@0,'            | command: at byte 2 (expected: a number)
                    '5#3@'             | offset: at byte 4 (expected: a number)
                    '5#3@0'            | copy: at byte 5 (expected: more than the delta has)
                    '5#3@0;'           | copy: at byte 5 (expected: its end, the character 44)
                    '5#3@2,'           | copy: at byte 2 (expected: at most the base's 4 bytes)
                    '5#4@3,'           | copy: at byte 2 (expected: at most the base's 4 bytes)
                    '5#3:ab'           | insert: at byte 2 (expected: at most the 2 bytes that follow)
                    '2#3:abc'          | command: at byte 2 (expected: a target of 2 bytes)
                    '2#3@0,'           | command: at byte 2 (expected: a target of 2 bytes)
                    '5#4@0,0;'         | length: 4 (expected: 5)
                    '4#4@0,0;'         | checksum: 1633837924 (expected: 0)
                    '0#0;0;'           | end: at byte 4 (expected: nothing after the checksum)
                    '4000000#'         | length: at byte 0 (expected: a number of at most 32 bits)
                    """)
    void saysWhatIsWrong(String delta, String complaint) {
        assertThatThrownBy(() -> apply("abcd", delta.replace('#', '\n')))
                .isInstanceOf(DeltaException.class)
                .hasMessage(complaint);
    }

    @Test
    void refusesADeltaOfAnotherBase() {
        var delta = delta(SENTENCE, SENTENCE + "!");

        assertThatThrownBy(() -> apply(SENTENCE.replace("quick", "slick"), delta))
                .isInstanceOf(DeltaException.class)
                .hasMessageStartingWith("checksum: ");
    }

    /** 'ä' and 'ö' begin with the same byte, and 'ä' ends with the byte 'Ĥ' ends with. */
    @Test
    void cutsNoCharacterOfATextApart() throws Exception {
        var base = "the quick brown fox ä jumps over the lazy dog";
        var sameBeginning = base.replace('ä', 'ö');
        var sameEnd = base.replace('ä', 'Ĥ');

        assertThat(isUtf8(Fossil.delta(bytes(base), bytes(sameBeginning)))).isFalse();
        assertThat(isUtf8(Fossil.delta(bytes(base), bytes(sameEnd)))).isFalse();
        assertThat(textDelta(base, sameBeginning)).contains("2:ö");
        assertThat(textDelta(base, sameEnd)).contains("2:Ĥ");
        assertThat(apply(base, textDelta(base, sameEnd))).isEqualTo(sameEnd);
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void takesTimeInProportionToItsInput() throws DeltaException {
        int size = 1 << 22;
        var one = "a".repeat(size);
        var period = "abcdefghijklmnop".repeat(size / 16);
        var twoLetters = new byte[size];
        var random = new Random(7);
        for (int index = 0; index < size; index++) {
            twoLetters[index] = (byte) ('a' + random.nextInt(2));
        }

        for (var base : new byte[][] {bytes(one), bytes(period), twoLetters}) {
            for (var target : new byte[][] {bytes(period), twoLetters, bytes("b" + one)}) {
                assertThat(Fossil.apply(base, Fossil.delta(base, target))).isEqualTo(target);
            }
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException cut) {
            return false;
        }
    }

    private static String sum(String target) {
        var delta = delta("", target);
        return delta.substring(delta.lastIndexOf(target) + target.length(), delta.length() - 1);
    }

    private static String delta(String base, String target) {
        return new String(Fossil.delta(bytes(base), bytes(target)), UTF_8);
    }

    private static String textDelta(String base, String target) {
        return new String(Fossil.textDelta(bytes(base), bytes(target)), UTF_8);
    }

    private static String apply(String base, String delta) throws DeltaException {
        return new String(Fossil.apply(bytes(base), bytes(delta)), UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
