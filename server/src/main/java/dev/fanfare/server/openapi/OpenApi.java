package dev.fanfare.server.openapi;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.server.config.Endpoint;
import dev.fanfare.server.http.Routes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What a server can be asked, by OpenAPI 3.1. The descriptions are written by hand, in YAML beside
 * this class; a server shows those of routes that it serves, at the paths that it serves them at.
 */
public final class OpenApi {
    private static final List<String> FIXED =
            List.of(
                    "ably",
                    "accounts",
                    "games",
                    "gifts",
                    "hub",
                    "profile",
                    "server",
                    "sessions",
                    "shop",
                    "stories");
    private static final Set<String> METHODS =
            Set.of("get", "post", "put", "patch", "delete", "head", "options", "trace");
    private static final Pattern VARIABLE = Pattern.compile("\\{([a-z_]+)}");
    private static final JsonMapper JSON = new JsonMapper();

    private final ObjectNode document = read("fanfare");
    private final ObjectNode paths = document.withObject("paths");

    private OpenApi(List<Endpoint> endpoints, String apiPath) {
        for (var name : FIXED) {
            add(read(name), "");
        }
        add(read("server-api"), apiPath.equals("/") ? "" : apiPath);
        var transports = read("transports");
        for (var endpoint : endpoints) {
            if (!paths.has(endpoint.path())) {
                paths.set(endpoint.path(), transports.get(word(endpoint.transport())).deepCopy());
            }
        }
    }

    /**
     * @param endpoints where clients connect
     * @param apiPath what stands before the methods of the server API
     * @param served which of the routes are shown
     */
    public static ObjectNode of(
            List<Endpoint> endpoints, String apiPath, Set<Routes.Entry> served) {
        return new OpenApi(endpoints, apiPath).only(served);
    }

    /** All routes that are described, whether they are served or not. */
    static ObjectNode whole(List<Endpoint> endpoints, String apiPath) {
        return new OpenApi(endpoints, apiPath).document;
    }

    private void add(ObjectNode part, String prefix) {
        part.withObject("paths")
                .properties()
                .forEach(path -> paths.set(prefix + path.getKey(), path.getValue()));
        var components = document.withObject("components");
        part.withObject("components")
                .properties()
                .forEach(
                        kind ->
                                components
                                        .withObject(kind.getKey())
                                        .setAll((ObjectNode) kind.getValue()));
    }

    private static String word(Endpoint.Transport transport) {
        return transport.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private ObjectNode only(Set<Routes.Entry> served) {
        for (var path : List.copyOf(paths.properties())) {
            var item = (ObjectNode) path.getValue();
            item.retain(kept(path.getKey(), item, served));
            if (METHODS.stream().noneMatch(item::has)) {
                paths.remove(path.getKey());
            }
        }
        served.forEach(this::name);
        keepTagsInUse();
        return document;
    }

    private static Set<String> kept(String path, ObjectNode item, Set<Routes.Entry> served) {
        return item.properties().stream()
                .map(Map.Entry::getKey)
                .filter(key -> !METHODS.contains(key) || served.contains(entry(key, path)))
                .collect(toSet());
    }

    private static Routes.Entry entry(String method, String path) {
        return new Routes.Entry(method.toUpperCase(Locale.ROOT), path);
    }

    /** A route that nobody has described is at least named. */
    private void name(Routes.Entry route) {
        var item = paths.withObjectProperty(route.path());
        var method = route.method().toLowerCase(Locale.ROOT);
        if (item.has(method)) {
            return;
        }
        item.withObjectProperty(method)
                .withObjectProperty("responses")
                .withObjectProperty("default")
                .put("description", "Not described");
        var parameters = item.withArrayProperty("parameters");
        if (parameters.isEmpty()) {
            VARIABLE.matcher(route.path())
                    .results()
                    .forEach(
                            variable ->
                                    parameters
                                            .addObject()
                                            .put("name", variable.group(1))
                                            .put("in", "path")
                                            .put("required", true)
                                            .putObject("schema"));
        }
    }

    private void keepTagsInUse() {
        var used = new HashSet<String>();
        paths.findValues("tags").forEach(tags -> tags.forEach(tag -> used.add(tag.asText())));
        var tags = document.withArrayProperty("tags");
        tags.removeIf(tag -> !used.contains(tag.get("name").asText()));
    }

    private static ObjectNode read(String name) {
        try (var in = OpenApi.class.getResourceAsStream(name + ".yaml")) {
            if (in == null) {
                throw new IllegalStateException(name + ".yaml: missing (expected: a resource)");
            }
            var yaml = new Load(LoadSettings.builder().build()).loadFromInputStream(in);
            JsonNode tree = JSON.valueToTree(yaml);
            return (ObjectNode) tree;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
