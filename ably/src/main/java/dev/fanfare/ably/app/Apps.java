package dev.fanfare.ably.app;

import dev.fanfare.ably.access.AppKey;
import dev.fanfare.ably.access.Keys;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All applications of this server, by id. Any thread. */
public final class Apps implements Keys {
    private final Map<String, App> all = new ConcurrentHashMap<>();

    public Apps(Collection<App> apps) {
        apps.forEach(this::add);
    }

    /** Those that are asked for it from now on find it. */
    void add(App app) {
        if (all.putIfAbsent(app.id(), app) != null) {
            throw new IllegalArgumentException("app: " + app.id() + " (expected: a new id)");
        }
    }

    public @Nullable App find(String id) {
        return all.get(id);
    }

    /** Its keys open nothing any more; whoever finds it no more lets go of what is its. */
    void remove(String id) {
        all.remove(id);
    }

    @Override
    public @Nullable AppKey key(String name) {
        int dot = name.indexOf('.');
        var app = dot < 0 ? null : find(name.substring(0, dot));
        return app == null
                ? null
                : app.keys().stream()
                        .filter(key -> key.name().equals(name))
                        .findFirst()
                        .orElse(null);
    }

    @Override
    public boolean knowsApp(String appId) {
        return all.containsKey(appId);
    }
}
