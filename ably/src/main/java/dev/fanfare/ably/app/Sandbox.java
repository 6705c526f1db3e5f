package dev.fanfare.ably.app;

import dev.fanfare.ably.access.Access;
import dev.fanfare.ably.access.Denied;
import dev.fanfare.core.hub.HubObserver;
import dev.fanfare.protocols.ably.ErrorInfo;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Applications for tests: whoever asks gets one of their own, which has nothing in common with any
 * other and ends after a while. Everything of it is in this process's memory. Any thread.
 */
public final class Sandbox {
    /**
     * @param apps the most that there are at once: for one more the oldest ends
     * @param lifetime of each that nobody deletes
     */
    public record Rules(int apps, Duration lifetime, Limits limits) {}

    /**
     * What applications are made of.
     *
     * @param loops that connections live on
     */
    public record Parts(
            List<? extends Executor> loops,
            HubObserver observer,
            InstantSource clock,
            Names names) {}

    /**
     * New, never repeated names.
     *
     * @param ids of applications, keys and connections: six letters and digits
     * @param secrets that nobody guesses
     * @param epochs of streams
     * @param messages of messages without an id
     */
    public record Names(
            Supplier<String> ids,
            Supplier<String> secrets,
            Supplier<String> epochs,
            Supplier<String> messages) {}

    private final Apps apps;
    private final Rules rules;
    private final Parts parts;
    private final Map<String, SandboxApp> made = new ConcurrentHashMap<>();

    public Sandbox(Apps apps, Rules rules, Parts parts) {
        this.apps = apps;
        this.rules = rules;
        this.parts = parts;
    }

    /**
     * Answers {@code POST /apps}.
     *
     * @param tree {@code keys}, {@code namespaces}, {@code channels} and {@code limits}; each may
     *     be missing
     * @return the application and its keys, with their secrets
     */
    public Map<String, Object> create(Map<?, ?> tree) throws Denied {
        var request = AppRequest.read(tree);
        var app = SandboxApp.of(request, rules.limits(), parts);
        apps.add(app.app());
        made.put(app.app().id(), app);
        while (made.size() > rules.apps()) {
            made.values().stream()
                    .min(Comparator.comparingLong(SandboxApp::made))
                    .ifPresent(this::end);
        }
        return request.answer(app.app());
    }

    /**
     * Answers {@code DELETE /apps/{id}}.
     *
     * @param bearer who asks
     */
    public void delete(String id, Access bearer) throws Denied {
        if (!bearer.byKey() || !bearer.app().equals(id)) {
            throw new Denied(ErrorInfo.of(40160, "app: " + id + " (expected: that of the key)"));
        }
        var app = made.get(id);
        if (app == null) {
            throw new Denied(new ErrorInfo(40400, 404, "app: " + id + " is not of the sandbox"));
        }
        end(app);
    }

    /** Ends what is too old, and frees what nobody needs. To be called every few seconds. */
    public void sweep() {
        long oldest = parts.clock().millis() - rules.lifetime().toMillis();
        for (var app : made.values()) {
            if (app.made() < oldest) {
                end(app);
            } else {
                app.expire();
            }
        }
    }

    private void end(SandboxApp app) {
        made.remove(app.app().id());
        apps.remove(app.app().id());
    }
}
