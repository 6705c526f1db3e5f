package dev.fanfare.server.cli;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Meets each connection with the next of its scripts. When there is none left it refuses with 410,
 * for good.
 */
final class ScriptedServer implements AutoCloseable {
    private final Queue<Consumer<HttpServerRequest>> scripts = new ConcurrentLinkedQueue<>();
    private final List<HttpServerRequest> requests = new CopyOnWriteArrayList<>();
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;

    ScriptedServer() {
        server =
                vertx.createHttpServer()
                        .requestHandler(this::answer)
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
    }

    String url() {
        return "ws://127.0.0.1:" + server.actualPort() + "/ws";
    }

    ScriptedServer upgrade(Consumer<ServerWebSocket> script) {
        scripts.add(request -> request.toWebSocket().onSuccess(script::accept));
        return this;
    }

    ScriptedServer refuse(int status, String body) {
        scripts.add(request -> request.response().setStatusCode(status).end(body));
        return this;
    }

    /** In the order they came. */
    List<HttpServerRequest> requests() {
        return requests;
    }

    private void answer(HttpServerRequest request) {
        requests.add(request);
        var script = scripts.poll();
        if (script == null) {
            request.response().setStatusCode(410).end("no more scripts");
            return;
        }
        script.accept(request);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
