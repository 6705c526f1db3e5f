package dev.fanfare.check.wire;

import java.io.IOException;
import java.io.InputStream;

/** A body in chunks (RFC 9112, section 7.1). */
final class ChunkedBody extends InputStream {
    private static final int ENDED = -1;

    private final InputStream in;
    private int left;

    ChunkedBody(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (left == 0) {
            int size = Integer.parseInt(HttpStream.line(in).split(";", 2)[0].strip(), 16);
            left = size == 0 ? ENDED : size;
        }
        if (left == ENDED) {
            return -1;
        }
        int read = in.read(bytes, from, Math.min(length, left));
        if (read < 0) {
            return -1;
        }
        left -= read;
        if (left == 0) {
            HttpStream.line(in);
        }
        return read;
    }
}
