package dev.fanfare.server.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.server.http.Answers;
import dev.fanfare.server.http.Problem;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /openapi.json}. Made when it is first asked for, and on another thread. */
public final class OpenApiEndpoint implements Handler<HttpServerRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(OpenApiEndpoint.class);

    private final Vertx vertx;
    private final Supplier<ObjectNode> description;

    /** Equal whoever makes it: a race costs time, no more. */
    private volatile byte @Nullable [] made;

    public OpenApiEndpoint(Vertx vertx, Supplier<ObjectNode> description) {
        this.vertx = vertx;
        this.description = description;
    }

    @Override
    public void handle(HttpServerRequest request) {
        var ready = made;
        if (ready != null) {
            Answers.json(request, 200, ready);
            return;
        }
        vertx.executeBlocking(this::make, false)
                .onSuccess(json -> Answers.json(request, 200, json))
                .onFailure(
                        failure -> {
                            LOG.error("no description", failure);
                            Answers.problem(request, Problem.internal());
                        });
    }

    private byte[] make() throws JsonProcessingException {
        var json = new JsonMapper().writeValueAsBytes(description.get());
        made = json;
        return json;
    }
}
