package dev.fanfare.server.application;

import dev.fanfare.apps.web.Call;
import dev.fanfare.apps.web.Characters;
import dev.fanfare.apps.web.Refused;
import dev.fanfare.apps.web.User;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request as an application sees it: what it needs of the request is read on the event loop, for
 * the handler is on another thread.
 */
final class HostedCall implements Call {
    private final HttpServerRequest request;
    private final MultiMap headers;
    private final MultiMap parameters;
    private final Map<String, String> variables;
    private final byte[] body;
    private final String address;
    private final @Nullable User user;
    private final boolean isBackend;

    HostedCall(RoutingContext context, byte[] body, String address) {
        this(context.request(), Map.copyOf(context.pathParams()), body, address, null, false);
    }

    private HostedCall(
            HttpServerRequest request,
            Map<String, String> variables,
            byte[] body,
            String address,
            @Nullable User user,
            boolean isBackend) {
        this.request = request;
        this.variables = variables;
        this.body = body;
        this.address = address;
        this.user = user;
        this.isBackend = isBackend;
        headers = request.headers();
        parameters = request.params();
    }

    HostedCall of(User other) {
        return new HostedCall(request, variables, body, address, other, false);
    }

    HostedCall ofBackend() {
        return new HostedCall(request, variables, body, address, null, true);
    }

    HttpServerRequest request() {
        return request;
    }

    @Override
    public User user() {
        if (user == null) {
            throw new IllegalStateException("user: nobody (expected: a route for the signed-in)");
        }
        return user;
    }

    @Override
    public boolean isBackend() {
        return isBackend;
    }

    @Override
    public String variable(String name) {
        var value = variables.get(name);
        if (value == null) {
            throw new IllegalStateException("variable: " + name + " (expected: one of the path)");
        }
        if (!Characters.areText(value)) {
            throw Refused.notFound(name, "no text", Characters.EXPECTED);
        }
        return value;
    }

    @Override
    public Optional<String> query(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    @Override
    public byte[] body() {
        return body;
    }

    @Override
    public String address() {
        return address;
    }
}
