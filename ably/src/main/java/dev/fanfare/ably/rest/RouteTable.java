package dev.fanfare.ably.rest;

import dev.fanfare.ably.access.Denied;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which endpoint answers what. Filled before it is asked. */
final class RouteTable {
    /** Where an endpoint was found, and what the path's variables stand for. */
    record Found(Endpoint endpoint, List<String> variables) {
        Found {
            variables = List.copyOf(variables);
        }
    }

    private record Entry(String method, List<String> template, Endpoint endpoint) {
        /** Null where the path is another one. */
        @Nullable Found match(List<String> path) {
            if (path.size() != template.size()) {
                return null;
            }
            var variables = new ArrayList<String>();
            for (int i = 0; i < path.size(); i++) {
                if (template.get(i).startsWith("{")) {
                    variables.add(path.get(i));
                } else if (!template.get(i).equals(path.get(i))) {
                    return null;
                }
            }
            return new Found(endpoint, variables);
        }
    }

    private final List<Entry> entries = new ArrayList<>();

    /**
     * @param path with variables in braces: {@code /channels/{channel}/messages}
     */
    RouteTable add(String method, String path, Endpoint endpoint) {
        entries.add(new Entry(method, List.of(path.substring(1).split("/", -1)), endpoint));
        return this;
    }

    List<Rest.Route> routes() {
        return entries.stream()
                .map(
                        entry ->
                                new Rest.Route(
                                        entry.method(), "/" + String.join("/", entry.template())))
                .toList();
    }

    /** Whether there are routes below it. */
    boolean hasRoot(String segment) {
        return entries.stream().anyMatch(entry -> entry.template().getFirst().equals(segment));
    }

    /** A method that a path does not take is as unknown as a path, so the protocol has it. */
    Found find(RestRequest request) throws Denied {
        for (var entry : entries) {
            var found = entry.match(request.path());
            if (found != null && entry.method().equals(request.method())) {
                return found;
            }
        }
        throw Errors.notFound(request.method() + " /" + String.join("/", request.path()));
    }
}
