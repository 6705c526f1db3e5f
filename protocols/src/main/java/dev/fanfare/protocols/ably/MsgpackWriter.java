package dev.fanfare.protocols.ably;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A document in msgpack, every value in its shortest form. An object or array begins with one byte
 * for its header; where its end shows that it needs more, its content makes room.
 */
final class MsgpackWriter implements DocumentWriter {
    private static final VarHandle SHORTS = bigEndian(short[].class);
    private static final VarHandle INTS = bigEndian(int[].class);
    private static final VarHandle LONGS = bigEndian(long[].class);
    private static final int FIX_MAP = 0x80;
    private static final int MAP_16 = 0xDE;
    private static final int FIX_ARRAY = 0x90;
    private static final int ARRAY_16 = 0xDC;
    private static final int NESTED = 8;

    private byte[] bytes;
    private int size;

    /** Where each open object or array begins, and how many values it has, names not counted. */
    private int[] starts = new int[NESTED];

    private int[] counts = new int[NESTED];
    private int depth;

    MsgpackWriter(int capacity) {
        bytes = new byte[capacity];
    }

    @Override
    public DocumentWriter beginObject() {
        return begin();
    }

    @Override
    public DocumentWriter endObject() {
        return end(FIX_MAP, MAP_16);
    }

    @Override
    public DocumentWriter beginArray() {
        return begin();
    }

    @Override
    public DocumentWriter endArray() {
        return end(FIX_ARRAY, ARRAY_16);
    }

    @Override
    public DocumentWriter member(String name) {
        return string(name.getBytes(UTF_8));
    }

    @Override
    public DocumentWriter text(byte[] utf8) {
        count();
        return string(utf8);
    }

    @Override
    public DocumentWriter number(long number) {
        count();
        return number < 0 ? negative(number) : positive(number);
    }

    @Override
    public DocumentWriter number(double number) {
        count();
        return put(0xCB).put64(Double.doubleToRawLongBits(number));
    }

    @Override
    public DocumentWriter bool(boolean value) {
        count();
        return put(value ? 0xC3 : 0xC2);
    }

    @Override
    public DocumentWriter nothing() {
        count();
        return put(0xC0);
    }

    @Override
    public DocumentWriter bytes(byte[] content) {
        count();
        if (content.length <= 0xFF) {
            put(0xC4).put(content.length);
        } else {
            header(0xC5, content.length);
        }
        return append(content);
    }

    @Override
    public boolean isBinary() {
        return true;
    }

    @Override
    public DocumentWriter raw(byte[] document) {
        count();
        return append(document);
    }

    @Override
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private MsgpackWriter begin() {
        count();
        if (depth == starts.length) {
            starts = Arrays.copyOf(starts, 2 * depth);
            counts = Arrays.copyOf(counts, 2 * depth);
        }
        starts[depth] = size;
        counts[depth] = 0;
        depth++;
        return put(0);
    }

    private MsgpackWriter end(int fix, int marker) {
        depth--;
        int start = starts[depth];
        int count = counts[depth];
        if (count <= 0xF) {
            bytes[start] = (byte) (fix | count);
            return this;
        }
        int length = size - start - 1;
        int header = count <= 0xFFFF ? 3 : 5;
        ensure(header - 1);
        System.arraycopy(bytes, start + 1, bytes, start + header, length);
        size = start;
        header(marker, count);
        size += length;
        return this;
    }

    private void count() {
        if (depth > 0) {
            counts[depth - 1]++;
        }
    }

    private MsgpackWriter string(byte[] utf8) {
        if (utf8.length <= 0x1F) {
            put(0xA0 | utf8.length);
        } else if (utf8.length <= 0xFF) {
            put(0xD9).put(utf8.length);
        } else {
            header(0xDA, utf8.length);
        }
        return append(utf8);
    }

    private MsgpackWriter positive(long number) {
        if (number <= 0x7F) {
            return put((int) number);
        }
        if (number <= 0xFF) {
            return put(0xCC).put((int) number);
        }
        if (number <= 0xFFFF) {
            return put(0xCD).put16((int) number);
        }
        return number <= 0xFFFF_FFFFL ? put(0xCE).put32((int) number) : put(0xCF).put64(number);
    }

    private MsgpackWriter negative(long number) {
        if (number >= -0x20) {
            return put((int) number);
        }
        if (number >= Byte.MIN_VALUE) {
            return put(0xD0).put((int) number);
        }
        if (number >= Short.MIN_VALUE) {
            return put(0xD1).put16((int) number);
        }
        return number >= Integer.MIN_VALUE
                ? put(0xD2).put32((int) number)
                : put(0xD3).put64(number);
    }

    /** The marker and a length of 16 bits, or the marker after it and one of 32. */
    private void header(int marker, int length) {
        if (length <= 0xFFFF) {
            put(marker).put16(length);
        } else {
            put(marker + 1).put32(length);
        }
    }

    private MsgpackWriter put(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
        return this;
    }

    private MsgpackWriter put16(int value) {
        ensure(Short.BYTES);
        SHORTS.set(bytes, size, (short) value);
        size += Short.BYTES;
        return this;
    }

    private MsgpackWriter put32(int value) {
        ensure(Integer.BYTES);
        INTS.set(bytes, size, value);
        size += Integer.BYTES;
        return this;
    }

    private MsgpackWriter put64(long value) {
        ensure(Long.BYTES);
        LONGS.set(bytes, size, value);
        size += Long.BYTES;
        return this;
    }

    private MsgpackWriter append(byte[] content) {
        ensure(content.length);
        System.arraycopy(content, 0, bytes, size, content.length);
        size += content.length;
        return this;
    }

    private void ensure(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }

    private static VarHandle bigEndian(Class<?> view) {
        return MethodHandles.byteArrayViewVarHandle(view, ByteOrder.BIG_ENDIAN);
    }
}
