package dev.fanfare.check.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One request on a connection of its own to a port of this machine, and what follows: a response
 * that need not end, or another protocol. Read by one thread; any may close it.
 */
public final class HttpStream implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private int status;
    private final Map<String, String> headers = new HashMap<>();

    private HttpStream(Socket socket) throws IOException {
        this.socket = socket;
        in = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * Sends the request and reads the head of the answer.
     *
     * @param patience how long nothing may come, now and later, before reading fails
     */
    public static HttpStream open(int port, String head, byte[] body, Duration patience)
            throws IOException {
        var socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            socket.connect(address, Math.toIntExact(patience.toMillis()));
            var stream = new HttpStream(socket);
            var request = new ByteArrayOutputStream();
            request.writeBytes((head + "\r\nHost: 127.0.0.1:" + port + "\r\n").getBytes(UTF_8));
            if (body.length > 0) {
                request.writeBytes(("Content-Length: " + body.length + "\r\n").getBytes(UTF_8));
            }
            request.writeBytes("\r\n".getBytes(UTF_8));
            request.writeBytes(body);
            stream.send(request.toByteArray());
            stream.readHead();
            return stream;
        } catch (IOException | RuntimeException failed) {
            socket.close();
            throw failed;
        }
    }

    /** The same where nothing but this status will do; else throws {@link Refused}. */
    public static HttpStream open(
            int port, String head, byte[] body, Duration patience, int expected)
            throws IOException {
        var stream = open(port, head, body, patience);
        if (stream.status == expected) {
            return stream;
        }
        try (stream) {
            int length = Integer.parseInt(stream.headers.getOrDefault("content-length", "0"));
            var text = new String(stream.in.readNBytes(length), UTF_8);
            throw new Refused(stream.status, text);
        }
    }

    /** The bytes behind the head, as they are: chunks and all. */
    InputStream in() {
        return in;
    }

    /** The body, which may never end. */
    public InputStream body() {
        boolean chunked = headers.getOrDefault("transfer-encoding", "").contains("chunked");
        return chunked ? new ChunkedBody(in) : in;
    }

    synchronized void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException gone) {
            // as it should be
        }
    }

    private void readHead() throws IOException {
        var first = line(in);
        status = Integer.parseInt(first.split(" ", 3)[1]);
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            var parts = line.split(":", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
        }
    }

    /** Without its end; the lines of heads and chunks end with CR LF. */
    static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("closed");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(ISO_8859_1);
    }
}
