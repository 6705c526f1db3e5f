package dev.fanfare.core.session;

import dev.fanfare.core.access.Identity;
import dev.fanfare.core.channel.Action;
import dev.fanfare.core.channel.ChannelRules.Content.Deltas;
import dev.fanfare.core.channel.ChannelRules.Continuity.Offer;
import dev.fanfare.core.channel.ResolvedChannel;
import dev.fanfare.core.hub.EncodedOnce;
import dev.fanfare.core.hub.Run;
import dev.fanfare.core.hub.Subscriber;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Membership;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.core.protocol.Reply;
import dev.fanfare.core.protocol.Reply.Subscribed.Terms;
import dev.fanfare.core.session.SessionRules.Loss;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One session's place on one channel: joining, then live at a position, then ended. Recovery lives
 * here. While joining it holds back what arrives; going live it sends what the replay did not
 * cover. Live, it drops repeats, passes over what is not meant for this client, and turns back to
 * joining when it sees a gap. Lives on the session's event loop.
 */
final class Subscription extends Subscriber {
    private sealed interface State {}

    /**
     * @param announced meanwhile, where the client must not miss who comes and goes
     * @param interrupted whether what is read meanwhile may not be all
     */
    private record Joining(List<Publication> heldBack, List<Push> announced, boolean interrupted)
            implements State {
        static Joining begin() {
            return new Joining(new ArrayList<>(0), new ArrayList<>(0), false);
        }
    }

    private static final class Live implements State {
        private StreamPosition position;

        Live(StreamPosition position) {
            this.position = position;
        }

        /** What is kept nowhere moves nobody. */
        void reach(StreamPosition next) {
            if (next.isKnown()) {
                position = next;
            }
        }

        /** What has no position is always next. */
        boolean expects(StreamPosition next) {
            return position.precedes(next) || !next.isKnown();
        }
    }

    private record Ended() implements State {}

    private final Session session;
    private final Plan plan;
    private final boolean positioned;
    private final boolean recoverable;
    private final boolean hearsMembers;
    private final boolean delta;

    /** What its client was sent last; null: nothing, or it gets everything whole anyway. */
    private @Nullable Publication last;

    private long expiresAt;
    private boolean announced;
    private State state = Joining.begin();

    Subscription(Session session, Plan plan) {
        this.session = session;
        this.plan = plan;
        expiresAt = plan.expiresAt();
        var rules = plan.channel().rules();
        var options = plan.options();
        positioned = gets(rules.continuity().positioning(), options.positioned());
        recoverable = gets(rules.continuity().recovery(), options.recoverable());
        delta = options.delta() && rules.content().deltas() != Deltas.OFF && isPositioned();
        hearsMembers =
                rules.joinLeave()
                        && (rules.members().pushed()
                                || (options.joinLeave() && may(Action.PRESENCE)));
    }

    /** Whether the client gets what the channel offers where it keeps history. */
    private boolean gets(Offer offer, boolean asked) {
        return plan.channel().rules().keepsHistory()
                && switch (offer) {
                    case FORCED -> true;
                    case ALLOWED -> asked;
                    case OFF -> asked && may(Action.HISTORY);
                };
    }

    private boolean may(Action action) {
        return session.subscriptions().refusal(action, plan.channel()) == null;
    }

    /** Whether its client is no member of the channel. */
    boolean isUnseen() {
        return plan.unseen();
    }

    boolean isOfServer() {
        return plan.ofServer();
    }

    /** Whether its client is to know when it has missed something. */
    boolean isPositioned() {
        return positioned || recoverable;
    }

    /** Where history is kept but not for recovery, a wish to continue is passed over. */
    @Nullable StreamPosition continuing(@Nullable StreamPosition since) {
        return recoverable || !resolved().rules().keepsHistory() ? since : null;
    }

    /** What its client may count on. */
    Terms terms(StreamPosition start) {
        return new Terms(
                start, positioned, recoverable, delta, session.ttl(expiresAt), plan.data());
    }

    /** What its client is told before it goes live. */
    Reply.Subscribed told(Replay replay) {
        var missed = meant(replay.missed());
        if (!missed.isEmpty()) {
            remember(missed.getLast());
        }
        return new Reply.Subscribed(
                channel(), replay.position(), replay.recovery(), missed, terms(replay.start()));
    }

    /** In milliseconds since 1970; {@link Identity#NEVER} without end. */
    long expiresAt() {
        return expiresAt;
    }

    void expireAt(long time) {
        expiresAt = time;
    }

    ResolvedChannel resolved() {
        return plan.channel();
    }

    Channel channel() {
        return plan.channel().channel();
    }

    /** Its client, as others on the channel see it. */
    ClientInfo member() {
        return session.client().with(plan.info());
    }

    /** Whether its client waits to be told for the first time. */
    boolean isPending() {
        return !announced && !hasEnded();
    }

    /** Whether others have heard that its client has come. */
    boolean isAnnounced() {
        return announced;
    }

    boolean hasEnded() {
        return state instanceof Ended;
    }

    /** Where it is live; null while it is not, and where there are no positions. */
    @Nullable StreamPosition livePosition() {
        return state instanceof Live live && live.position.isKnown() ? live.position : null;
    }

    void end() {
        state = new Ended();
    }

    /** It has not heard of what is there: it goes back to where it stands, and on from there. */
    void fallBack() {
        if (state instanceof Live live) {
            rejoin(live.position, List.of());
        }
    }

    /**
     * Everything up to the position has been sent; what was held back follows, and from then on
     * what arrives.
     */
    void goLive(StreamPosition position) {
        if (!(state instanceof Joining(var heldBack, var told, boolean interrupted))) {
            return;
        }
        var live = new Live(position);
        state = live;
        deliverOneByOne(live, heldBack);
        told.forEach(session.outbox()::send);
        if (interrupted) {
            interrupted();
        }
        if (!announced && !hasEnded()) {
            announced = true;
            if (!plan.unseen()) {
                session.announce(resolved(), new Membership.Joined(member()));
            }
        }
    }

    /** What its client has missed, as far as it is meant for it. */
    void send(List<Publication> missed) {
        meant(missed).forEach(this::send);
    }

    private void send(Publication publication) {
        session.outbox()
                .send(
                        delta
                                ? Push.Delta.after(last, publication)
                                : new Push.Published(publication));
        remember(publication);
    }

    private void remember(Publication publication) {
        last = delta ? publication : null;
    }

    /** The publications of the list that this client may see. */
    private List<Publication> meant(List<Publication> publications) {
        return publications.stream().filter(this::isMeant).toList();
    }

    private boolean isMeant(Publication publication) {
        var message = publication.message();
        return message.audience().includes(session.client())
                && plan.options().filter().matches(message.tags());
    }

    @Override
    protected int deliver(Run run) {
        return switch (state) {
            case Joining(var heldBack, _, _) -> holdBack(heldBack, run);
            case Live live -> deliver(live, run);
            case Ended() -> 0;
        };
    }

    @Override
    protected void hear(EncodedOnce announcement) {
        if (!hearsMembers) {
            return;
        }
        switch (state) {
            case Joining(_, var told, _) -> holdBack(told, announcement);
            case Live _ -> session.outbox().send(announcement);
            case Ended() -> {}
        }
    }

    private void holdBack(List<Push> told, EncodedOnce announcement) {
        if (session.rules().customs().loss() == Loss.STARTS_OVER) {
            told.addAll(announcement.pushes());
            session.subscriptions().catchup().checkHeldBack(told.size());
        }
    }

    @Override
    protected void interrupted() {
        switch (state) {
            case Joining(var heldBack, var told, _) -> state = new Joining(heldBack, told, true);
            case Live live when live.position.isKnown() -> rejoin(live.position, List.of());
            case Live _ -> session.subscriptions().catchup().interrupted(this);
            case Ended() -> {}
        }
    }

    /** Whether its client has asked to be told of what it misses, kept or not. */
    boolean cares() {
        return plan.options().positioned() || plan.options().recoverable();
    }

    private int holdBack(List<Publication> heldBack, Run run) {
        run.pushes().forEach(push -> heldBack.add(push.publication()));
        session.subscriptions().catchup().checkHeldBack(heldBack.size());
        return 0;
    }

    private int deliver(Live live, Run run) {
        if (!live.expects(run.first()) || plan.options().choosesByTags()) {
            return deliverOneByOne(
                    live, run.pushes().stream().map(Push.Published::publication).toList());
        }
        live.reach(run.last());
        if (!run.audience().includes(session.client())) {
            return 0;
        }
        session.outbox().send(delta ? run.deltas(last) : run.encoded());
        remember(run.newest());
        return run.size();
    }

    /**
     * The slow way: each publication for itself, with an eye for repeats, gaps and whom it is meant
     * for.
     */
    private int deliverOneByOne(Live live, List<Publication> publications) {
        int delivered = 0;
        for (int index = 0; index < publications.size() && !hasEnded(); index++) {
            var publication = publications.get(index);
            if (!live.expects(publication.position())) {
                if (live.position.covers(publication.position())) {
                    continue;
                }
                rejoin(live.position, publications.subList(index, publications.size()));
                return delivered;
            }
            live.reach(publication.position());
            if (isMeant(publication)) {
                send(publication);
                delivered++;
            }
        }
        return delivered;
    }

    /**
     * A gap. Of what has arrived only that is held back which has no position: history, read from
     * now on, covers the rest, unless it comes late from a stream that is no more.
     */
    private void rejoin(StreamPosition since, List<Publication> arrived) {
        var heldBack = new ArrayList<Publication>(0);
        arrived.stream().filter(each -> !each.position().isKnown()).forEach(heldBack::add);
        state = new Joining(heldBack, new ArrayList<>(0), false);
        session.subscriptions().catchup().refill(this, since);
    }
}
