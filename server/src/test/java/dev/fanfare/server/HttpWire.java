package dev.fanfare.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * HTTP/1.1 on one socket, byte by byte: so that a test sees what is on the wire, and can write what
 * no library would. For one thread.
 */
final class HttpWire implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;

    /** Status and headers of a response. */
    record Head(int status, Map<String, String> headers) {
        boolean isChunked() {
            return headers.getOrDefault("transfer-encoding", "").equals("chunked");
        }
    }

    private final Socket socket;
    private final InputStream in;

    HttpWire(Socket socket) {
        this.socket = socket;
        try {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Socket socket() {
        return socket;
    }

    InputStream in() {
        return in;
    }

    /**
     * @param headers like {@code Origin: https://example.com}
     */
    void request(String method, String target, String... headers) {
        var host = "Host: localhost:" + socket.getPort();
        write(
                method
                        + " "
                        + target
                        + " HTTP/1.1\r\n"
                        + (hasHost(headers) ? "" : host + "\r\n")
                        + String.join("", lines(headers))
                        + "\r\n");
    }

    void request(String method, String target, byte[] body, String... headers) {
        var all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "Content-Length: " + body.length;
        request(method, target, all);
        write(body);
    }

    void write(String text) {
        write(text.getBytes(UTF_8));
    }

    void write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HttpAnswer answer() {
        try {
            var head = head();
            return new HttpAnswer(head.status(), head.headers(), new String(body(head), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** To HEAD. */
    Head answerWithoutBody() {
        try {
            return head();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Head head() throws IOException {
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        var headers = new TreeMap<String, String>();
        for (var line = line(); !line.isEmpty(); line = line()) {
            var parts = line.split(": ?", 2);
            headers.merge(
                    parts[0].toLowerCase(Locale.ROOT), parts[1], (one, two) -> one + ", " + two);
        }
        return new Head(status, headers);
    }

    /** The next chunk of a chunked body; empty: it was the last. */
    byte[] chunk() throws IOException {
        int length = Integer.parseInt(line(), 16);
        var chunk = bytes(length);
        line();
        return chunk;
    }

    /** The line that comes next, without its end. */
    String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = octet(); next != '\n'; next = octet()) {
            line.write(next);
        }
        return line.toString(ISO_8859_1).replace("\r", "");
    }

    int octet() throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException("the server has closed the connection");
        }
        return next;
    }

    byte[] bytes(int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the server has closed the connection");
        }
        return bytes;
    }

    private byte[] body(Head head) throws IOException {
        if (head.status() == 204 || head.status() < 200) {
            return new byte[0];
        }
        if (!head.isChunked()) {
            return bytes(Integer.parseInt(head.headers().getOrDefault("content-length", "0")));
        }
        var body = new ByteArrayOutputStream();
        for (var chunk = chunk(); chunk.length > 0; chunk = chunk()) {
            body.writeBytes(chunk);
        }
        return body.toByteArray();
    }

    private static boolean hasHost(String... headers) {
        return Arrays.stream(headers).anyMatch(header -> header.startsWith("Host:"));
    }

    private static String[] lines(String... headers) {
        return Arrays.stream(headers).map(header -> header + "\r\n").toArray(String[]::new);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
