package dev.fanfare.server.publish;

import dev.fanfare.core.channel.Channels;
import dev.fanfare.server.access.Secret;
import dev.fanfare.server.http.Answers;
import dev.fanfare.server.http.Bodies;
import dev.fanfare.server.http.Credentials;
import dev.fanfare.server.http.Problem;
import dev.fanfare.server.http.RequestLoop;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST /internal/publish}: how backends publish. */
public final class PublishEndpoint implements Handler<HttpServerRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(PublishEndpoint.class);
    static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final int LONGEST_KEY = 128;

    /** Hears what becomes of publications. */
    public interface Observer {
        void published();

        void refused(String reason);
    }

    private final Publications publications;
    private final @Nullable Secret token;
    private final PublishLimits limits;
    private final Observer observer;

    /**
     * @param token null: none is configured, and every call is refused
     */
    public PublishEndpoint(
            Channels channels, @Nullable Secret token, PublishLimits limits, Observer observer) {
        publications = new Publications(channels, observer);
        this.token = token;
        this.limits = limits;
        this.observer = observer;
    }

    @Override
    public void handle(HttpServerRequest request) {
        var problem = firstProblem(request);
        if (problem != null) {
            refuse(request, problem);
            return;
        }
        Bodies.read(
                request,
                limits.body(),
                body -> publish(request, body),
                tooLarge -> refuse(request, tooLarge));
    }

    private void refuse(HttpServerRequest request, Problem problem) {
        observer.refused(problem.code());
        Answers.problem(request, problem);
    }

    private @Nullable Problem firstProblem(HttpServerRequest request) {
        var unauthorized = credentialProblem(request.getHeader(HttpHeaders.AUTHORIZATION));
        if (unauthorized != null) {
            return unauthorized;
        }
        var type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null || !isJson(type)) {
            return Problem.unsupportedMediaType(String.valueOf(type), "application/json");
        }
        var key = request.getHeader(IDEMPOTENCY_KEY);
        if (key != null && (key.isEmpty() || key.length() > LONGEST_KEY)) {
            return Problem.of(
                    Publications.badKey(
                            key.length() + " characters", "1 to " + LONGEST_KEY + " characters"));
        }
        return null;
    }

    private @Nullable Problem credentialProblem(@Nullable String authorization) {
        if (token == null) {
            return Problem.unauthorized(
                    "publish.token",
                    "nothing",
                    "a token in the server's configuration: set REALTIME_PUBLISH_TOKEN");
        }
        if (authorization == null) {
            return Problem.unauthorized(
                    "Authorization", "nothing", "Bearer and the server's publish token");
        }
        var credential = Credentials.bearer(authorization);
        if (credential == null || !token.matches(credential)) {
            return Problem.unauthorized(
                    "Authorization", "another credential", "Bearer and the server's publish token");
        }
        return null;
    }

    private static boolean isJson(String contentType) {
        var mediaType = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return mediaType.equals("application/json") || mediaType.endsWith("+json");
    }

    private void publish(HttpServerRequest request, byte[] body) {
        var key = request.getHeader(IDEMPOTENCY_KEY);
        switch (PublishBody.parse(body, limits)) {
            case PublishBody.One(var entry) ->
                    then(
                            publications.publish(entry, key),
                            answer -> answer(request, answer),
                            request);
            case PublishBody.Many(var entries) ->
                    then(
                            publications.publishAll(entries, key),
                            answers -> Answers.json(request, 200, PublishAnswer.json(answers)),
                            request);
            case PublishBody.Rejected(var refusal) -> refuse(request, Problem.of(refusal));
        }
    }

    private static void answer(HttpServerRequest request, PublishAnswer answer) {
        switch (answer) {
            case PublishAnswer.Accepted accepted ->
                    Answers.json(request, accepted.status(), accepted.json());
            case PublishAnswer.Refused(var problem) -> Answers.problem(request, problem);
        }
    }

    private static <T> void then(
            CompletionStage<T> stage, Consumer<T> answer, HttpServerRequest request) {
        RequestLoop.then(
                stage,
                answer,
                failure -> {
                    LOG.error("publish failed", failure);
                    Answers.problem(
                            request,
                            Problem.unavailable("broker", "no answer", "another try later"));
                });
    }
}
