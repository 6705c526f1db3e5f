package dev.fanfare.harness;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One connection through a proxy. Each direction has a thread that reads and one that writes, so
 * that what is delayed does not hold up what follows it.
 */
final class ProxiedConnection {
    private static final int CHUNK = 16 * 1024;
    private static final int WAITING_CHUNKS = 256;
    private static final byte[] END = {};

    private record Chunk(ByteBuffer bytes, long arrival) {
        static Chunk now(byte[] bytes) {
            return new Chunk(ByteBuffer.wrap(bytes), System.nanoTime());
        }
    }

    /** Makes chunks of what has come. */
    private interface Cutting {
        List<byte[]> cut(byte[] bytes);
    }

    private final Socket client;
    private final Socket server;
    private final Weather weather;
    private final AtomicInteger openDirections = new AtomicInteger(2);

    ProxiedConnection(Socket client, Socket server, Weather weather) {
        this.client = client;
        this.server = server;
        this.weather = weather;
    }

    /**
     * @param onEnd runs once, when nothing can pass any more
     */
    void start(MessageCutter cutter, Runnable onEnd) {
        pass(client, server, List::of, onEnd);
        pass(server, client, cutter::cut, onEnd);
    }

    void reset() {
        reset(client);
        reset(server);
    }

    /** Ends it without a farewell. */
    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException closed) {
            return;
        }
        close(socket);
    }

    private void pass(Socket from, Socket to, Cutting cutting, Runnable onEnd) {
        var waiting = new ArrayBlockingQueue<Chunk>(WAITING_CHUNKS);
        var writer = Thread.ofVirtual().unstarted(() -> write(waiting, to));
        var reader =
                Thread.ofVirtual()
                        .unstarted(
                                () -> {
                                    read(from, cutting, waiting, writer);
                                    end(writer, onEnd);
                                });
        writer.start();
        reader.start();
    }

    private static void read(
            Socket from, Cutting cutting, BlockingQueue<Chunk> waiting, Thread writer) {
        var buffer = new byte[CHUNK];
        try {
            var in = from.getInputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                for (var bytes : cutting.cut(Arrays.copyOf(buffer, length))) {
                    waiting.put(Chunk.now(bytes));
                }
            }
            waiting.put(Chunk.now(END));
        } catch (IOException | InterruptedException reset) {
            writer.interrupt();
        }
    }

    private void write(BlockingQueue<Chunk> waiting, Socket to) {
        try {
            for (var chunk = waiting.take(); ; chunk = waiting.take()) {
                weather.await(chunk.arrival());
                if (!chunk.bytes().hasRemaining()) {
                    to.shutdownOutput();
                    return;
                }
                to.getOutputStream().write(chunk.bytes().array());
            }
        } catch (IOException | InterruptedException reset) {
            reset();
        }
    }

    private void end(Thread writer, Runnable onEnd) {
        try {
            writer.join();
        } catch (InterruptedException nobodyDoesThis) {
            Thread.currentThread().interrupt();
        }
        if (openDirections.decrementAndGet() == 0) {
            close(client);
            close(server);
            onEnd.run();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // as it should be
        }
    }
}
