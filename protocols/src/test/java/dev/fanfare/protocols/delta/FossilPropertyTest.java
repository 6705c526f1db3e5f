package dev.fanfare.protocols.delta;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every base and every target. */
class FossilPropertyTest {
    @Property
    void aDeltaMakesTheTargetOfTheBase(@ForAll byte[] base, @ForAll byte[] target)
            throws DeltaException {
        assertThat(Fossil.apply(base, Fossil.delta(base, target))).isEqualTo(target);
        assertThat(Fossil.apply(base, Fossil.textDelta(base, target))).isEqualTo(target);
    }

    @Property
    void aDeltaOfSimilarBytesMakesTheTarget(
            @ForAll("patchworks") byte[] base, @ForAll("patchworks") byte[] target)
            throws DeltaException {
        assertThat(Fossil.apply(base, Fossil.delta(base, target))).isEqualTo(target);
        assertThat(Fossil.apply(base, Fossil.textDelta(base, target))).isEqualTo(target);
    }

    @Property
    void aDeltaOfTextsIsText(@ForAll("texts") String base, @ForAll("texts") String target)
            throws DeltaException, CharacterCodingException {
        var delta = Fossil.textDelta(base.getBytes(UTF_8), target.getBytes(UTF_8));

        var text = UTF_8.newDecoder().decode(ByteBuffer.wrap(delta)).toString();
        assertThat(Fossil.apply(base.getBytes(UTF_8), text.getBytes(UTF_8)))
                .asString(UTF_8)
                .isEqualTo(target);
    }

    @Property
    void aDeltaIsHardlyLongerThanTheTarget(
            @ForAll("patchworks") byte[] base, @ForAll("patchworks") byte[] target) {
        int frame = 2 * Digits.count(target.length) + "\n:;".length() + 6;

        assertThat(Fossil.delta(base, target)).hasSizeLessThanOrEqualTo(target.length + frame);
    }

    @Property
    void everyNumberReadsBack(@ForAll int number) throws DeltaException {
        var written = new DeltaWriter(8).end(number);

        long value = 0;
        for (int index = 0; index < written.length - 1; index++) {
            value = (value << Digits.BITS) + Digits.value(written[index]);
        }
        assertThat((int) value).isEqualTo(number);
        assertThat(written).hasSize(Digits.count(number) + 1);
    }

    /** Of few pieces, so that two of them have much in common: repeated, moved and cut. */
    @Provide
    Arbitrary<byte[]> patchworks() {
        return of(
                        "{\"id\":1,\"name\":\"Ann\",\"tags\":[]}",
                        "{\"id\":2,\"name\":\"Bob\"}",
                        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                        "abababababababababababababababa",
                        "\u0000\u0000\u0000\u0000",
                        "x",
                        "")
                .map(text -> text.getBytes(UTF_8));
    }

    /** Characters of one to four bytes, whose neighbours share their first or their last bytes. */
    @Provide
    Arbitrary<String> texts() {
        return of(
                "the same in both of them, and long enough",
                "ää öö üü ßß ÄÄ ÖÖ ÜÜ ëë ïï",
                "日本語本日語日月火水木金土",
                "😀😁😂🤣😃😄😅😆",
                "ö",
                "Ĥ",
                "語",
                "😂",
                "\n");
    }

    private static Arbitrary<String> of(String... pieces) {
        var whole = Arbitraries.of(pieces);
        var part =
                Combinators.combine(whole, Arbitraries.integers().between(0, 40))
                        .as((piece, end) -> cut(piece, end));
        return Arbitraries.oneOf(List.of(whole, part))
                .list()
                .ofMaxSize(20)
                .map(parts -> String.join("", parts));
    }

    private static String cut(String piece, int end) {
        int characters = piece.codePointCount(0, piece.length());
        return piece.substring(0, piece.offsetByCodePoints(0, Math.min(end, characters)));
    }
}
