package dev.fanfare.ably.realtime;

import static java.util.Objects.requireNonNullElse;

import dev.fanfare.ably.access.Access;
import dev.fanfare.ably.access.Denied;
import dev.fanfare.ably.access.Verdict;
import dev.fanfare.ably.app.App;
import dev.fanfare.ably.app.Apps;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.protocols.ably.ErrorInfo;
import dev.fanfare.protocols.ably.Outgoing;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where clients come in: what they ask for is read, their credentials are judged, and they get a
 * connection or hear why not. Holds all connections of this node. Each method is called on the
 * event loop that it names.
 */
public final class Entrance {
    private final Apps apps;
    private final Surroundings surroundings;
    private final Function<Line, Attachments> channels;
    private final LinkObserver observer;
    private final Map<App, Links> all = new ConcurrentHashMap<>();

    public Entrance(Apps apps, Surroundings surroundings, LinkObserver observer) {
        this(apps, surroundings, AttachedChannels::new, observer);
    }

    Entrance(
            Apps apps,
            Surroundings surroundings,
            Function<Line, Attachments> channels,
            LinkObserver observer) {
        this.apps = apps;
        this.surroundings = surroundings;
        this.channels = channels;
        this.observer = observer;
    }

    /**
     * A client has come, and can be spoken to. Whoever is refused is told so like this: as an
     * answer to its request, clients would take it for trouble on the way.
     *
     * @param query the first value of each parameter; null: there is none
     */
    public Transport open(UnaryOperator<@Nullable String> query, Way way) {
        var voices = way.voices();
        Arrival arrival;
        try {
            arrival = Arrival.read(query);
        } catch (Denied malformed) {
            var transport = transport(way, voices.json());
            refuse(transport, malformed.error());
            return transport;
        }
        var transport = transport(way, voices.of(arrival.binary()));
        switch (surroundings.judge().judge(arrival.credentials(), arrival.clientId())) {
            case Verdict.Refused(var why) -> refuse(transport, why);
            case Verdict.Accepted(var access) -> admit(arrival, access, transport, way.loop());
        }
        return transport;
    }

    /** Any thread: why a request that belongs to a connection is not let in; null: it is. */
    public @Nullable ErrorInfo refusal(UnaryOperator<@Nullable String> query) {
        try {
            var arrival = Arrival.read(query);
            var verdict = surroundings.judge().judge(arrival.credentials(), arrival.clientId());
            return verdict instanceof Verdict.Refused(var why) ? why : null;
        } catch (Denied malformed) {
            return malformed.error();
        }
    }

    private Transport transport(Way way, Voice voice) {
        return new Transport(way, voice, observer, surroundings.maxPendingBytes());
    }

    private void refuse(Transport transport, ErrorInfo why) {
        observer.refused(why);
        transport.end(new Outgoing.Failed(null, why), Disconnect.INVALID_TOKEN);
    }

    private void admit(Arrival arrival, Access access, Transport transport, Executor executor) {
        var app = apps.find(access.app());
        if (app == null) {
            refuse(transport, Trouble.NO_APP);
            return;
        }
        var links = all.computeIfAbsent(app, this::links);
        var loop = links.loop(executor);
        var guest = new Guest(arrival, access, transport, loop);
        loop.turn(() -> guest.orEnd(() -> links.admit(guest)));
    }

    private Links links(App app) {
        return new Links(app, surroundings, channels, observer);
    }

    /** Any thread: whose connection it is; null where nobody has the key. */
    public @Nullable ClientInfo find(String app, String key) {
        var its = apps.find(app);
        var links = its == null ? null : all.get(its);
        var link = links == null ? null : links.find(key);
        return link == null
                ? null
                : new ClientInfo(
                        link.connectionId(), requireNonNullElse(link.access().clientId(), ""));
    }

    /** Looks after the connections of the loop; called once or twice a second. */
    public void sweep(Executor loop) {
        long now = surroundings.clock().millis();
        for (var links : all.values()) {
            var app = links.app();
            if (app.equals(apps.find(app.id()))) {
                links.loop(loop).sweep(now);
            } else {
                endAll(links, loop);
            }
        }
    }

    /** Their application is no more. */
    private void endAll(Links links, Executor loop) {
        var its = links.loop(loop);
        its.end(its.size(), Trouble.NO_APP);
        if (links.isEmpty()) {
            all.remove(links.app());
        }
    }

    /** Connections of the loop, with a transport and without. */
    public int size(Executor loop) {
        return all.values().stream().mapToInt(links -> links.loop(loop).size()).sum();
    }

    /** The server shuts down: so many clients of the loop are sent elsewhere. */
    public void sendAway(Executor loop, int count) {
        int left = count;
        for (var links : all.values()) {
            var its = links.loop(loop);
            int share = Math.min(left, its.size());
            its.end(share, Trouble.SHUTDOWN);
            left -= share;
        }
    }
}
