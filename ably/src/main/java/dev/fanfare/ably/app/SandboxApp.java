package dev.fanfare.ably.app;

import dev.fanfare.ably.access.AppKey;
import dev.fanfare.ably.access.Denied;
import dev.fanfare.ably.app.AppRequest.Namespace;
import dev.fanfare.ably.app.AppRequest.Present;
import dev.fanfare.ably.channel.PresenceLog;
import dev.fanfare.core.access.AccessRule;
import dev.fanfare.core.broker.MemoryBroker;
import dev.fanfare.core.broker.Retention;
import dev.fanfare.core.channel.Catalogue;
import dev.fanfare.core.channel.ChannelPattern;
import dev.fanfare.core.channel.ChannelRules;
import dev.fanfare.core.channel.Channels;
import dev.fanfare.core.channel.NameLimits;
import dev.fanfare.core.channel.ResolvedChannel;
import dev.fanfare.core.hub.Hub;
import dev.fanfare.core.presence.MemoryPresence;
import dev.fanfare.protocols.ably.ChannelName;
import dev.fanfare.protocols.ably.MemberInfo;
import dev.fanfare.protocols.ably.WirePresence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An application of the sandbox, and what has to be looked after. Any thread.
 *
 * @param brokers of its channels and of its presence history
 * @param made in milliseconds since 1970
 */
record SandboxApp(App app, List<MemoryBroker> brokers, long made) {
    private static final Retention USUAL = new Retention(1_000, Duration.ofMinutes(2));
    private static final Retention PERSISTED = new Retention(10_000, Duration.ofHours(24));

    /** In characters. */
    private static final int LONGEST_NAME = 2_048;

    /** Who may do what, the keys alone say. */
    private static final ChannelRules.Access ANYBODY =
            new ChannelRules.Access(
                    AccessRule.EVERYONE,
                    AccessRule.EVERYONE,
                    AccessRule.EVERYONE,
                    AccessRule.EVERYONE);

    static SandboxApp of(AppRequest request, Limits limits, Sandbox.Parts parts) throws Denied {
        var names = parts.names();
        var broker = new MemoryBroker(parts.clock(), names.epochs());
        var hub = new Hub(broker, parts.loops(), parts.observer());
        broker.start(hub);
        var presence = new MemoryPresence();
        var channels =
                new Channels(catalogue(request.namespaces()), broker, presence, names.messages());
        presence.start(channels);
        var presenceHistory = new MemoryBroker(parts.clock(), names.epochs());
        var id = names.ids().get();
        var app =
                new App(
                        id,
                        keys(id, request, names),
                        channels,
                        hub,
                        presenceHistory,
                        limits.withMembers(request.maxMembers()));
        long now = parts.clock().millis();
        enter(request.present(), app, names.ids().get(), now);
        return new SandboxApp(app, List.of(broker, presenceHistory), now);
    }

    private static List<AppKey> keys(String id, AppRequest request, Sandbox.Names names) {
        return request.keys().stream()
                .map(
                        key ->
                                new AppKey(
                                        id,
                                        names.ids().get(),
                                        names.secrets().get(),
                                        key.capability(),
                                        key.revocableTokens()))
                .toList();
    }

    /** Every name is that of a channel. */
    private static Catalogue catalogue(List<Namespace> namespaces) {
        var entries = new ArrayList<Catalogue.Entry>();
        for (var namespace : namespaces) {
            if (namespace.persisted()) {
                entries.add(entry(namespace.id(), PERSISTED));
                entries.add(entry(namespace.id() + ":{name...}", PERSISTED));
            }
        }
        entries.add(entry("$", USUAL)); // else it would be the private form of no channel
        entries.add(entry("{name...}", USUAL));
        return new Catalogue(entries, new NameLimits(LONGEST_NAME, false));
    }

    private static Catalogue.Entry entry(String pattern, Retention retention) {
        return new Catalogue.Entry(
                ChannelPattern.parse(pattern, Map.of()),
                new ChannelRules(ANYBODY, retention, true, true, Map.of()));
    }

    /** All of one connection, which has never been, and so never ends. */
    private static void enter(List<Present> present, App app, String connectionId, long now)
            throws Denied {
        var log = new PresenceLog(app.presenceHistory());
        for (int index = 0; index < present.size(); index++) {
            var says = present.get(index).says();
            var member =
                    new WirePresence(
                            WirePresence.Action.ENTER,
                            connectionId + ":0:" + index,
                            says.sender().clientId(),
                            connectionId,
                            says.data(),
                            now,
                            says.extras());
            var channel = channel(app.channels(), present.get(index).channel());
            log.add(channel, member);
            var _ = app.channels().enter(channel, MemberInfo.client(member));
        }
    }

    private static ResolvedChannel channel(Channels channels, String name) throws Denied {
        var channel = ChannelName.parse(name) == null ? null : channels.find(name);
        if (channel == null) {
            throw new Denied(ChannelName.invalid(name));
        }
        return channel;
    }

    /** Drops what brokers need no more. */
    void expire() {
        brokers.forEach(MemoryBroker::expire);
    }
}
