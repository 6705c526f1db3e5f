package dev.fanfare.protocols.ably;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one document of msgpack, strictly and once, as JDK values: Map in the order of its entries,
 * List, String, byte[], Boolean, null; whole numbers as Long where they are one, all others as
 * Double. Never takes more memory than the bytes that are there call for. For one thread.
 */
final class MsgpackReader {
    private static final int DEPTH = 100;

    private final ByteBuffer in;

    private MsgpackReader(byte[] document) {
        in = ByteBuffer.wrap(document);
    }

    static @Nullable Object read(byte[] document) throws Unreadable {
        var reader = new MsgpackReader(document);
        try {
            var value = reader.value(0);
            if (reader.in.hasRemaining()) {
                throw reader.wrong("something behind the document");
            }
            return value;
        } catch (BufferUnderflowException tooShort) {
            throw new Unreadable("msgpack: it ends too early, after " + document.length + " bytes");
        }
    }

    private @Nullable Object value(int depth) throws Unreadable {
        int marker = in.get() & 0xFF;
        if (marker < 0x80 || marker >= 0xE0) {
            return (long) (byte) marker;
        }
        if (marker < 0x90) {
            return map(marker & 0xF, depth);
        }
        if (marker < 0xA0) {
            return array(marker & 0xF, depth);
        }
        return marker < 0xC0 ? text(marker & 0x1F) : marked(marker, depth);
    }

    private @Nullable Object marked(int marker, int depth) throws Unreadable {
        return switch (marker) {
            case 0xC0 -> null;
            case 0xC2 -> false;
            case 0xC3 -> true;
            case 0xC4 -> bytes(length8());
            case 0xC5 -> bytes(length16());
            case 0xC6 -> bytes(length32());
            case 0xCA -> (double) in.getFloat();
            case 0xCB -> in.getDouble();
            case 0xCC -> length8(); // of numbers, too
            case 0xCD -> length16();
            case 0xCE -> length32();
            case 0xCF -> unsigned(in.getLong());
            case 0xD0 -> (long) in.get();
            case 0xD1 -> (long) in.getShort();
            case 0xD2 -> (long) in.getInt();
            case 0xD3 -> in.getLong();
            case 0xD4 -> undefined();
            case 0xD9 -> text(length8());
            case 0xDA -> text(length16());
            case 0xDB -> text(length32());
            case 0xDC -> array(length16(), depth);
            case 0xDD -> array(length32(), depth);
            case 0xDE -> map(length16(), depth);
            case 0xDF -> map(length32(), depth);
            default -> throw wrong("0x%02x".formatted(marker));
        };
    }

    private Map<String, @Nullable Object> map(long entries, int depth) throws Unreadable {
        require(2 * entries, depth);
        var map = new LinkedHashMap<String, @Nullable Object>();
        for (long entry = 0; entry < entries; entry++) {
            var key = key(depth);
            if (map.containsKey(key)) {
                throw wrong("the key " + Fields.shown(key) + " twice in one map");
            }
            map.put(key, value(depth + 1));
        }
        return map;
    }

    private String key(int depth) throws Unreadable {
        var key = value(depth + 1);
        return switch (key) {
            case String text -> text;
            case Long number -> number.toString();
            case null, default -> throw wrong("a key that is neither text nor a whole number");
        };
    }

    private List<@Nullable Object> array(long values, int depth) throws Unreadable {
        require(values, depth);
        var array = new ArrayList<@Nullable Object>();
        for (long value = 0; value < values; value++) {
            array.add(value(depth + 1));
        }
        return array;
    }

    /** Every value takes a byte at least: what is longer than the rest ends too early. */
    private void require(long bytes, int depth) throws Unreadable {
        if (depth >= DEPTH) {
            throw wrong("more than " + DEPTH + " levels");
        }
        require(bytes);
    }

    private void require(long bytes) {
        if (bytes > in.remaining()) {
            throw new BufferUnderflowException();
        }
    }

    private String text(long length) throws Unreadable {
        require(length);
        var part = in.slice(in.position(), (int) length);
        in.position(in.position() + (int) length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
        } catch (CharacterCodingException malformed) {
            throw wrong("a text that is not UTF-8");
        }
    }

    private byte[] bytes(long length) {
        require(length);
        int start = in.position();
        in.position(start + (int) length);
        return Arrays.copyOfRange(in.array(), start, in.position());
    }

    /** JavaScript's word for nothing comes as an extension of type 0. */
    private @Nullable Object undefined() throws Unreadable {
        byte type = in.get();
        in.get();
        if (type != 0) {
            throw wrong("an extension of type " + type);
        }
        return null;
    }

    private static Object unsigned(long bits) {
        return bits >= 0 ? (Object) bits : (Object) (0x1p64 + bits);
    }

    private long length8() {
        return in.get() & 0xFFL;
    }

    private long length16() {
        return in.getShort() & 0xFFFFL;
    }

    private long length32() {
        return in.getInt() & 0xFFFF_FFFFL;
    }

    private Unreadable wrong(String what) {
        return new Unreadable("msgpack: " + what + " before byte " + in.position());
    }
}
