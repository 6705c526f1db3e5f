package dev.fanfare.server.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.core.channel.Channels;
import dev.fanfare.core.model.Unavailable;
import dev.fanfare.protocols.json.JsonReader;
import dev.fanfare.server.cluster.Cluster;
import dev.fanfare.server.http.Answers;
import dev.fanfare.server.http.Bodies;
import dev.fanfare.server.http.Problem;
import dev.fanfare.server.http.RequestLoop;
import dev.fanfare.server.http.Routes;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /api/…}: an HTTP API compatible with Centrifugo's. A body that is not JSON is a
 * problem document with status 400; every other trouble is the API's own error, with status 200
 * unless errors are to be told by the transport.
 */
public final class ApiEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(ApiEndpoint.class);
    private static final String ERROR_MODE = "X-Centrifugo-Error-Mode";

    /** Hears what becomes of publications. */
    public interface Observer {
        void published();

        void refused(String reason);
    }

    /** Reads a body and carries out what it says. */
    private interface Call {
        void on(HttpServerRequest request, byte[] body) throws IOException;
    }

    private final ServerApi api;
    private final Options options;
    private final Observer observer;
    private final CommandReader reader;

    /**
     * How it is called.
     *
     * @param path before the methods: {@code /api}, or {@code /}
     * @param errorsByTransport whether errors have an HTTP status of their own
     */
    public record Options(String path, ApiKeys keys, boolean errorsByTransport, ApiLimits limits) {}

    public ApiEndpoint(Channels channels, Cluster cluster, Options options, Observer observer) {
        this.options = options;
        this.observer = observer;
        api = new ServerApi(channels, cluster, observer);
        reader = new CommandReader(options.limits());
    }

    /** Each method has its path; nothing else beside them is ours. */
    public void addTo(Routes routes) {
        for (var method : ApiMethod.values()) {
            add(routes, "/" + method.word(), (request, body) -> one(request, read(method, body)));
        }
        add(routes, "/batch", this::batch);
        add(routes, "", this::legacy);
    }

    private void add(Routes routes, String method, Call call) {
        var path = (options.path() + method).replace("//", "/");
        routes.add(HttpMethod.POST, path, request -> handle(request, call));
    }

    private void handle(HttpServerRequest request, Call call) {
        if (!options.keys().open(request)) {
            refuseKey(request);
            return;
        }
        Bodies.read(
                request,
                options.limits().body(),
                body -> read(request, body, call),
                problem -> refuse(request, problem));
    }

    private void read(HttpServerRequest request, byte[] body, Call call) {
        try {
            call.on(request, body);
        } catch (IOException malformed) {
            refuse(request, Problem.of(JsonReader.malformed("body", malformed)));
        }
    }

    private void refuse(HttpServerRequest request, Problem problem) {
        observer.refused(problem.code());
        Answers.problem(request, problem);
    }

    private void refuseKey(HttpServerRequest request) {
        var problem =
                options.keys().isEmpty()
                        ? Problem.unauthorized(
                                "api.key",
                                "nothing",
                                "a key in the server's configuration: set FANFARE_API_KEY")
                        : Problem.unauthorized(
                                "X-API-Key", "nothing that fits", "a key of the server's API");
        request.response().putHeader("WWW-Authenticate", "apikey");
        Answers.send(request, problem.status(), Problem.MEDIA_TYPE, problem.json());
    }

    private ApiCommand read(ApiMethod method, byte[] body) throws IOException {
        try (var document = JsonReader.open(body)) {
            var command = reader.read(method, document);
            document.end();
            return command;
        }
    }

    private void one(HttpServerRequest request, ApiCommand command) {
        then(request, api.run(command), result -> answer(request, result));
    }

    private void answer(HttpServerRequest request, ApiResult result) {
        int status =
                result instanceof ApiResult.Failed(var error) && tellsByTransport(request)
                        ? error.status()
                        : 200;
        Answers.json(request, status, ResultWriter.enveloped(result));
    }

    private boolean tellsByTransport(HttpServerRequest request) {
        return options.errorsByTransport()
                || "transport".equalsIgnoreCase(request.getHeader(ERROR_MODE));
    }

    /** The answer has no envelope. */
    private void batch(HttpServerRequest request, byte[] body) throws IOException {
        BatchReader.Batch batch;
        try (var document = JsonReader.open(body)) {
            batch = new BatchReader(reader).read(document);
            document.end();
            var fault = document.takeFault();
            if (fault != null) {
                answer(request, new ApiResult.Failed(ApiError.of(fault)));
                return;
            }
        }
        var commands = batch.commands();
        then(
                request,
                batch.parallel() ? api.runAtOnce(commands) : api.runInOrder(commands),
                results ->
                        Answers.json(request, 200, ResultWriter.batch(batch.methods(), results)));
    }

    /** One answer on each line, in order. */
    private void legacy(HttpServerRequest request, byte[] body) throws IOException {
        then(
                request,
                api.runInOrder(new LegacyReader(reader).read(body)),
                results -> Answers.json(request, 200, lines(results)));
    }

    private static byte[] lines(List<ApiResult> results) {
        return results.stream()
                .map(ResultWriter::enveloped)
                .map(line -> new String(line, UTF_8))
                .collect(Collectors.joining("\n"))
                .getBytes(UTF_8);
    }

    private <T> void then(HttpServerRequest request, CompletionStage<T> stage, Consumer<T> answer) {
        RequestLoop.then(
                stage,
                answer,
                failure -> {
                    if (!Unavailable.isCauseOf(failure)) {
                        LOG.error("a call failed", failure);
                    }
                    answer(request, new ApiResult.Failed(ApiError.INTERNAL));
                });
    }
}
