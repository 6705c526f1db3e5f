package dev.fanfare.check.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A response that is read line by line. */
public final class Lines {
    private final InputStream in;

    public Lines(HttpStream stream) {
        in = new BufferedInputStream(stream.body());
    }

    /** Without its end. */
    public String next() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("closed");
            }
            line.write(next);
        }
        return line.toString(UTF_8).stripTrailing();
    }
}
