package dev.fanfare.server;

import dev.fanfare.server.config.ServerConfig;
import dev.fanfare.server.config.ServerConfig.Address;
import dev.fanfare.server.config.ServerConfig.Tls;
import dev.fanfare.server.http.Answers;
import dev.fanfare.server.http.Problem;
import dev.fanfare.server.http.RequestDeadline;
import dev.fanfare.server.http.Routes;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** One port, served by every event loop. Vert.x spreads the connections over them. */
final class Listeners {
    /** In characters: tokens travel in queries. */
    private static final int LONGEST_REQUEST_LINE = 16 * 1024;

    private static final int LARGEST_HEADERS = 32 * 1024;

    /** Clients that all come back at once must find a place in the queue. */
    private static final int BACKLOG = 8192;

    private final Vertx vertx;
    private final int loops;
    private final Duration requestTimeout;

    Listeners(Vertx vertx, ServerConfig config) {
        this.vertx = vertx;
        loops = config.network().eventLoops();
        requestTimeout = config.limits().connections().requestTimeout();
    }

    /**
     * @param name different for each call
     * @return the port that it came to be
     */
    Future<Integer> open(String name, Address address, @Nullable Tls tls, Routes routes) {
        var servers = new CopyOnWriteArrayList<HttpServer>();
        var options = options(tls);
        return vertx.deployVerticle(
                        () ->
                                new Listener(
                                        options,
                                        port(name, address),
                                        address.host(),
                                        routes,
                                        servers),
                        new DeploymentOptions().setInstances(loops))
                .map(deployed -> servers.getFirst().actualPort());
    }

    /** Negative: a free port, the same one for all loops that ask with the same number. */
    private static int port(String name, Address address) {
        return address.port() == 0 ? -1 - Math.floorMod(name.hashCode(), 1000) : address.port();
    }

    private static HttpServerOptions options(@Nullable Tls tls) {
        var options =
                new HttpServerOptions()
                        .setHttp2ClearTextEnabled(false)
                        .setAcceptBacklog(BACKLOG)
                        .setMaxInitialLineLength(LONGEST_REQUEST_LINE)
                        .setMaxHeaderSize(LARGEST_HEADERS);
        if (tls == null) {
            return options;
        }
        var pem =
                new PemKeyCertOptions()
                        .setCertPath(tls.certificate().toString())
                        .setKeyPath(tls.key().toString());
        return options.setSsl(true).setKeyCertOptions(pem);
    }

    /** The port on one event loop. */
    private final class Listener extends VerticleBase {
        private final HttpServerOptions options;
        private final int port;
        private final String host;
        private final Routes routes;
        private final List<HttpServer> servers;

        Listener(
                HttpServerOptions options,
                int port,
                String host,
                Routes routes,
                List<HttpServer> servers) {
            this.options = options;
            this.port = port;
            this.host = host;
            this.routes = routes;
            this.servers = servers;
        }

        @Override
        public Future<?> start() {
            return vertx.createHttpServer(options)
                    .connectionHandler(this::guard)
                    .requestHandler(routes)
                    .invalidRequestHandler(
                            request -> Answers.problem(request, Problem.badRequest()))
                    .listen(port, host)
                    .onSuccess(servers::add);
        }

        private void guard(HttpConnection connection) {
            RequestDeadline.guard(((ConnectionBase) connection).channel(), requestTimeout);
        }
    }
}
