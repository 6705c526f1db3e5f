package dev.fanfare.server.centrifuge;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * A way to ports of this machine that can be cut in mid-stream, and serves again afterwards. Where
 * there are several, connections go to them in turn.
 */
final class CuttableWire implements AutoCloseable {
    private final ServerSocket entrance;
    private volatile List<Integer> targets;
    private int accepted;
    private final List<Socket> sockets = new ArrayList<>();

    CuttableWire(Integer... targets) throws IOException {
        this.targets = List.of(targets);
        entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** From now on new connections go there. */
    void leadTo(int other) {
        targets = List.of(other);
    }

    /** All connections end as if the network had. */
    synchronized void cut() {
        sockets.forEach(CuttableWire::drop);
        sockets.clear();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                var incoming = entrance.accept();
                var outgoing = new Socket(InetAddress.getLoopbackAddress(), next());
                remember(incoming, outgoing);
                pump(incoming, outgoing);
                pump(outgoing, incoming);
            } catch (IOException e) {
                // the test is over, or the server is: clients hear it themselves
            }
        }
    }

    private int next() {
        var all = targets;
        return all.get(accepted++ % all.size());
    }

    private synchronized void remember(Socket... both) {
        sockets.addAll(List.of(both));
    }

    private static void pump(Socket from, Socket to) {
        Thread.ofVirtual()
                .start(
                        () -> {
                            try (from;
                                    to;
                                    InputStream in = from.getInputStream();
                                    OutputStream out = to.getOutputStream()) {
                                in.transferTo(out);
                            } catch (IOException e) {
                                drop(to);
                            }
                        });
    }

    private static void drop(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // it is gone already
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        cut();
    }
}
