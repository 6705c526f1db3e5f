package dev.fanfare.server;

import static java.util.stream.Collectors.groupingBy;

import dev.fanfare.ably.access.AppKey;
import dev.fanfare.ably.app.App;
import dev.fanfare.ably.app.Apps;
import dev.fanfare.ably.app.Sandbox;
import dev.fanfare.core.channel.Channels;
import dev.fanfare.core.hub.Hub;
import dev.fanfare.core.hub.HubObserver;
import dev.fanfare.server.cluster.Cluster;
import dev.fanfare.server.cluster.Glob;
import dev.fanfare.server.config.AblyOptions;
import io.netty.channel.EventLoop;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The applications that keys open: those of the configuration, which are all on the server's own
 * channels, and those of the sandbox.
 *
 * @param sandbox null: there is none
 */
record AblyApps(Apps apps, @Nullable Sandbox sandbox) {
    private static final long SWEEP_SECONDS = 5;

    /** What applications stand on: the server's channels, and the loops of its connections. */
    record Ground(Channels channels, Hub hub, List<EventLoop> loops, Cluster cluster) {
        /** On all nodes; of applications of the sandbox other nodes know nothing. */
        CompletionStage<Map<String, Integer>> listeners(App app, String prefix) {
            return app.channels() == channels
                    ? cluster.channels(Glob.beginningWith(prefix))
                    : app.listeners(prefix);
        }
    }

    static AblyApps of(
            AblyOptions options,
            Ground ground,
            Engine engine,
            HubObserver observer,
            InstantSource clock) {
        var history = engine.broker(Engine.PRESENCE_HISTORY);
        history.start(publication -> {});
        var apps =
                new Apps(
                        options.keys().stream()
                                .collect(groupingBy(AppKey::appId))
                                .entrySet()
                                .stream()
                                .map(
                                        app ->
                                                new App(
                                                        app.getKey(),
                                                        app.getValue(),
                                                        ground.channels(),
                                                        ground.hub(),
                                                        history,
                                                        options.limits()))
                                .toList());
        var rules = options.sandbox();
        return new AblyApps(
                apps,
                rules == null
                        ? null
                        : new Sandbox(
                                apps,
                                new Sandbox.Rules(rules.apps(), rules.lifetime(), options.limits()),
                                new Sandbox.Parts(ground.loops(), observer, clock, names())));
    }

    private static Sandbox.Names names() {
        return new Sandbox.Names(Ids::app, Ids::secret, Ids::epoch, Ids.messages());
    }

    /** Looks after the sandbox from now on. */
    void startSweeping(EventLoop loop) {
        if (sandbox != null) {
            var _ =
                    loop.scheduleAtFixedRate(
                            sandbox::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
        }
    }
}
