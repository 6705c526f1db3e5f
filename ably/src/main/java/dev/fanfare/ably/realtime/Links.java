package dev.fanfare.ably.realtime;

import dev.fanfare.ably.app.App;
import dev.fanfare.protocols.ably.ErrorInfo;
import dev.fanfare.protocols.ably.Outgoing;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one application on this node, by the keys that continue them. Any thread, but
 * where it says otherwise.
 */
final class Links {
    private final App app;
    private final Surroundings surroundings;
    private final Function<Line, Attachments> channels;
    private final LinkObserver observer;
    private final ConcurrentMap<Executor, LinkLoop> loops = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Link> byKey = new ConcurrentHashMap<>();

    Links(
            App app,
            Surroundings surroundings,
            Function<Line, Attachments> channels,
            LinkObserver observer) {
        this.app = app;
        this.surroundings = surroundings;
        this.channels = channels;
        this.observer = observer;
    }

    App app() {
        return app;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    Attachments channels(Line line) {
        return channels.apply(line);
    }

    /** What the client of a connection is told of how it is connected. */
    Outgoing.ConnectionDetails details(Link link) {
        var limits = app.limits();
        return new Outgoing.ConnectionDetails(
                link.key(),
                link.access().clientId(),
                limits.messageSize(),
                limits.frameSize(),
                limits.patience().connection().toMillis(),
                limits.patience().idle().toMillis(),
                surroundings.naming().server());
    }

    Heartbeats heartbeats(boolean inWords) {
        return new Heartbeats(
                inWords,
                app.limits().patience().idle().toMillis(),
                surroundings.clock().millis(),
                surroundings.random());
    }

    LinkObserver observer() {
        return observer;
    }

    /** Of one of the event loops that connections live on. */
    LinkLoop loop(Executor loop) {
        return loops.computeIfAbsent(loop, key -> new LinkLoop(app.shard(key)));
    }

    @Nullable Link find(String key) {
        return byKey.get(key);
    }

    boolean isEmpty() {
        return byKey.isEmpty();
    }

    /** On the guest's loop: its connection goes on, or begins. */
    void admit(Guest guest) {
        var key = guest.arrival().continues();
        if (key == null) {
            begin(guest, null);
            return;
        }
        var link = find(key);
        if (link != null) {
            new Resumption(this, link, guest).start();
        } else {
            begin(guest, ConnectionKey.isOne(key) ? Trouble.NOT_KEPT : Trouble.NO_KEY);
        }
    }

    /**
     * On the guest's loop.
     *
     * @param why the guest gets no connection that it had before; null: it wanted none
     */
    void begin(Guest guest, @Nullable ErrorInfo why) {
        var naming = surroundings.naming();
        var id = naming.connections().get();
        var key = ConnectionKey.of(id, naming.secrets().get());
        var link = new Link(this, guest.loop(), id, key, guest.access());
        byKey.put(key, link);
        link.begin(guest, why);
    }

    void remove(Link link) {
        byKey.remove(link.key());
    }
}
