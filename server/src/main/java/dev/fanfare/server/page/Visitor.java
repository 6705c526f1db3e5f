package dev.fanfare.server.page;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetSocketAddress;

/** Who asks for a page. */
final class Visitor {
    private Visitor() {}

    /** By the socket's own address, which no header can change. */
    static boolean isOnThisMachine(HttpServerRequest request) {
        return request.connection() instanceof ConnectionBase connection
                && connection.channel().remoteAddress() instanceof InetSocketAddress peer
                && peer.getAddress().isLoopbackAddress();
    }
}
