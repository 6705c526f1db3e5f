package dev.fanfare.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.server.config.ServerConfig;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class TrainCommandTest {
    private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();
    private boolean closed;

    @Test
    void usesEveryWayInAndStopsTheServer() {
        var command = new CommandRun().starter(this::start);

        assertThat(command.run("train")).as(command::err).isZero();

        assertThat(requests).containsKeys("/ws", "/sse", "/stream", "/internal/publish");
        assertThat(requests.get("/internal/publish").sum()).isGreaterThan(2000);
        assertThat(command.out()).isEmpty();
        assertThat(closed).isTrue();
    }

    private Server start(ServerConfig config) {
        assertThat(config.network().address().port()).isZero();
        var vertx = Vertx.vertx();
        var server =
                vertx.createHttpServer()
                        .requestHandler(this::answer)
                        .listen(0, config.network().address().host())
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
        return new Listening(vertx, server);
    }

    private void answer(HttpServerRequest request) {
        requests.computeIfAbsent(request.path(), _ -> new LongAdder()).increment();
        if (request.headers().contains("Upgrade", "websocket", true)) {
            request.toWebSocket();
            return;
        }
        if (request.path().startsWith("/s") && request.headers().contains("Authorization")) {
            request.response().setChunked(true).write("\n");
            return;
        }
        request.response().end("{}");
    }

    private final class Listening implements Server {
        private final Vertx vertx;
        private final HttpServer server;

        Listening(Vertx vertx, HttpServer server) {
            this.vertx = vertx;
            this.server = server;
        }

        @Override
        public int port() {
            return server.actualPort();
        }

        @Override
        public OptionalInt internalPort() {
            return OptionalInt.empty();
        }

        @Override
        public void awaitStop() {}

        @Override
        public void close() {
            vertx.close().toCompletionStage().toCompletableFuture().join();
            closed = true;
        }
    }
}
