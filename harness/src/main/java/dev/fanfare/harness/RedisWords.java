package dev.fanfare.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;

/** Commands to a Redis, one connection each. */
final class RedisWords {
    private static final int TIMEOUT = 10_000;

    private RedisWords() {}

    /**
     * @return the answer: an array's members each on a line of their own
     */
    static String say(int port, String... words) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT);
            var bytes = new ByteArrayOutputStream();
            bytes.writeBytes(("*" + words.length + "\r\n").getBytes(UTF_8));
            for (var word : words) {
                var encoded = word.getBytes(UTF_8);
                bytes.writeBytes(("$" + encoded.length + "\r\n").getBytes(UTF_8));
                bytes.writeBytes(encoded);
                bytes.writeBytes("\r\n".getBytes(UTF_8));
            }
            socket.getOutputStream().write(bytes.toByteArray());
            return answer(new BufferedInputStream(socket.getInputStream()));
        }
    }

    private static String answer(InputStream in) throws IOException {
        var head = line(in);
        return switch (head.charAt(0)) {
            case '*' -> members(in, Integer.parseInt(head.substring(1)));
            case '$' -> bulk(in, Integer.parseInt(head.substring(1)));
            case '-' -> throw new IOException(head.substring(1));
            default -> head.substring(1);
        };
    }

    private static String members(InputStream in, int count) throws IOException {
        var members = new StringBuilder();
        for (int each = 0; each < count; each++) {
            members.append(each == 0 ? "" : "\n").append(answer(in));
        }
        return members.toString();
    }

    private static String bulk(InputStream in, int length) throws IOException {
        if (length < 0) {
            return "";
        }
        var text = new String(in.readNBytes(length), UTF_8);
        in.skipNBytes(2);
        return text;
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\r'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("Redis closes the connection");
            }
            line.append((char) next);
        }
        in.skipNBytes(1);
        return line.toString();
    }
}
