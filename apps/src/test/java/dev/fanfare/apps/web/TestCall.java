package dev.fanfare.apps.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request of a signed-in user, without a path that varies, parameters or headers. */
public record TestCall(User user, String text) implements Call {
    /** Asks the only route of this method and path. */
    public static Answer ask(
            List<Route> routes, Route.Method method, String path, long user, String text) {
        var route =
                routes.stream()
                        .filter(each -> each.method() == method && each.path().equals(path))
                        .findFirst()
                        .orElseThrow();
        return route.handler().handle(new TestCall(new User("" + user, Map.of()), text));
    }

    @Override
    public String variable(String name) {
        throw new IllegalStateException("variable: " + name + " (expected: none)");
    }

    @Override
    public Optional<String> query(String name) {
        return Optional.empty();
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.empty();
    }

    @Override
    public byte[] body() {
        return text.getBytes(UTF_8);
    }

    @Override
    public String address() {
        return "127.0.0.1";
    }
}
