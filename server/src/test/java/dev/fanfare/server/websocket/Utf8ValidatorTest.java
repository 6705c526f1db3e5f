package dev.fanfare.server.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8ValidatorTest {
    @Test
    void acceptsEveryCharacter() {
        for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
            if (Character.getType(character) != Character.SURROGATE) {
                assertThat(isValid(Character.toString(character).getBytes(UTF_8))).isTrue();
            }
        }
    }

    /** The bytes are few different ones, all at the edges of a rule. */
    @Test
    void agreesWithTheDecoderOfTheJdk() {
        int[] edges = {
            0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC,
            0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF
        };
        var random = new Random(1);
        for (int round = 0; round < 300_000; round++) {
            byte[] bytes = new byte[random.nextInt(6)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) edges[random.nextInt(edges.length)];
            }
            assertThat(isValid(bytes)).isEqualTo(isDecodable(bytes));
        }
    }

    @Test
    void findsAWrongByteAmongMuchAscii() {
        byte[] bytes = "a".repeat(100).getBytes(UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) 0x80;
            assertThat(isValid(bytes)).isFalse();
            bytes[i] = 'a';
        }
        assertThat(isValid(bytes)).isTrue();
    }

    private static boolean isValid(byte[] bytes) {
        return Utf8Validator.isValid(bytes, 0, bytes.length);
    }

    private static boolean isDecodable(byte[] bytes) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).limit() >= 0;
        } catch (CharacterCodingException invalid) {
            return false;
        }
    }
}
