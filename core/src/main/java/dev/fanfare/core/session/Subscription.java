package dev.fanfare.core.session;

import dev.fanfare.core.access.Identity;
import dev.fanfare.core.channel.Action;
import dev.fanfare.core.channel.ResolvedChannel;
import dev.fanfare.core.hub.EncodedOnce;
import dev.fanfare.core.hub.Run;
import dev.fanfare.core.hub.Subscriber;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.Membership;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.Command.Subscribe.Options;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.core.protocol.Reply.Subscribed.Terms;
import java.util.ArrayList;
import java.util.List;

/**
 * One session's place on one channel: joining, then live at a position, then ended. Recovery lives
 * here. While joining it holds back what arrives; going live it sends what the replay did not
 * cover. Live, it drops repeats, passes over what is not meant for this client, and turns back to
 * joining when it sees a gap. Lives on the session's event loop.
 */
final class Subscription extends Subscriber {
    private sealed interface State {}

    private record Joining(List<Publication> heldBack) implements State {}

    private static final class Live implements State {
        private StreamPosition position;

        Live(StreamPosition position) {
            this.position = position;
        }
    }

    private record Ended() implements State {}

    private final Session session;
    private final ResolvedChannel resolved;
    private final Options options;
    private final boolean ofConnection;
    private final boolean hearsMembers;
    private long expiresAt = Identity.NEVER;
    private boolean announced;
    private State state = new Joining(new ArrayList<>(0));

    /**
     * @param ofConnection the connection has it from its beginning, and to its end
     */
    Subscription(Session session, ResolvedChannel resolved, Options options, boolean ofConnection) {
        this.session = session;
        this.resolved = resolved;
        this.options = options;
        this.ofConnection = ofConnection;
        hearsMembers =
                options.joinLeave()
                        && resolved.rules().joinLeave()
                        && session.refusal(Action.PRESENCE, resolved) == null;
    }

    boolean isOfConnection() {
        return ofConnection;
    }

    boolean isPositioned() {
        return resolved.rules().keepsHistory() && (options.positioned() || options.recoverable());
    }

    Terms terms(StreamPosition start) {
        boolean kept = resolved.rules().keepsHistory();
        return new Terms(
                start,
                kept && options.positioned(),
                kept && options.recoverable(),
                false,
                session.ttl(expiresAt),
                Payload.NONE);
    }

    /** In milliseconds since 1970; {@link Identity#NEVER} without end. */
    long expiresAt() {
        return expiresAt;
    }

    void expireAt(long time) {
        expiresAt = time;
    }

    ResolvedChannel resolved() {
        return resolved;
    }

    Channel channel() {
        return resolved.channel();
    }

    boolean hasEnded() {
        return state instanceof Ended;
    }

    void end() {
        state = new Ended();
        if (announced) {
            session.announce(resolved, new Membership.Left(session.client()));
        }
    }

    /**
     * Everything up to the position has been sent; what was held back follows, and from then on
     * what arrives.
     */
    void goLive(StreamPosition position) {
        if (!(state instanceof Joining(var heldBack))) {
            return;
        }
        var live = new Live(position);
        state = live;
        deliverOneByOne(live, heldBack);
        if (!announced) {
            announced = true;
            session.announce(resolved, new Membership.Joined(session.client()));
        }
    }

    /** The publications of the list that this client may see. */
    List<Publication> meant(List<Publication> publications) {
        return publications.stream()
                .filter(publication -> publication.message().audience().includes(session.client()))
                .toList();
    }

    @Override
    protected int deliver(Run run) {
        return switch (state) {
            case Joining(var heldBack) -> holdBack(heldBack, run);
            case Live live -> deliver(live, run);
            case Ended() -> 0;
        };
    }

    @Override
    protected void hear(EncodedOnce announcement) {
        if (state instanceof Live && hearsMembers) {
            session.send(announcement);
        }
    }

    private int holdBack(List<Publication> heldBack, Run run) {
        run.pushes().forEach(push -> heldBack.add(push.publication()));
        session.subscriptions().checkHeldBack(heldBack.size());
        return 0;
    }

    private int deliver(Live live, Run run) {
        if (!expects(live, run.first())) {
            return deliverOneByOne(
                    live, run.pushes().stream().map(Push.Published::publication).toList());
        }
        live.position = run.last();
        if (!run.audience().includes(session.client())) {
            return 0;
        }
        session.send(run.encoded());
        return run.size();
    }

    /**
     * The slow way: each publication for itself, with an eye for repeats, gaps and the audience.
     */
    private int deliverOneByOne(Live live, List<Publication> publications) {
        int delivered = 0;
        for (int index = 0; index < publications.size(); index++) {
            var publication = publications.get(index);
            if (!expects(live, publication.position())) {
                if (live.position.covers(publication.position())) {
                    continue;
                }
                rejoin(live.position);
                return delivered;
            }
            live.position = publication.position();
            if (publication.message().audience().includes(session.client())) {
                session.send(new Push.Published(publication));
                delivered++;
            }
        }
        return delivered;
    }

    /** Without positions there is nothing to expect: everything that comes is next. */
    private static boolean expects(Live live, StreamPosition next) {
        return live.position.isKnown() ? live.position.precedes(next) : !next.isKnown();
    }

    /**
     * A gap. Nothing that has arrived is held back: history, read from now on, covers it, unless it
     * comes late from a stream that is no more.
     */
    private void rejoin(StreamPosition since) {
        state = new Joining(new ArrayList<>(0));
        session.subscriptions().refill(this, since);
    }
}
