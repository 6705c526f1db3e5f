package dev.fanfare.core.session;

import dev.fanfare.core.access.Identity;
import dev.fanfare.core.channel.Action;
import dev.fanfare.core.channel.ChannelRules.Content.Deltas;
import dev.fanfare.core.channel.ChannelRules.Continuity.Offer;
import dev.fanfare.core.channel.ResolvedChannel;
import dev.fanfare.core.hub.EncodedOnce;
import dev.fanfare.core.hub.Follower;
import dev.fanfare.core.hub.Replay;
import dev.fanfare.core.hub.Run;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Membership;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.core.protocol.Reply;
import dev.fanfare.core.protocol.Reply.Subscribed.Terms;
import dev.fanfare.core.session.SessionRules.Loss;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One session's place on one channel: joining, then live at a position, then ended. Recovery lives
 * here. While joining it holds back what arrives; going live it sends what the replay did not
 * cover. Live, it drops repeats, passes over what is not meant for this client, and turns back to
 * joining when it sees a gap. Lives on the session's event loop.
 */
final class Subscription extends Follower {
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

    /**
     * Everything up to the position has been sent; what was held back follows, and from then on
     * what arrives.
     */
    void goLive(StreamPosition position) {
        if (goLiveAt(position) && !announced) {
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

    @Override
    protected void send(Publication publication) {
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

    @Override
    protected ClientInfo client() {
        return session.client();
    }

    @Override
    protected boolean chooses() {
        return plan.options().choosesByTags();
    }

    @Override
    protected boolean wants(Publication publication) {
        return plan.options().filter().matches(publication.message().tags());
    }

    @Override
    protected void send(Run run) {
        session.outbox().send(delta ? run.deltas(last) : run.encoded());
        remember(run.newest());
    }

    @Override
    protected boolean hears() {
        return hearsMembers;
    }

    @Override
    protected boolean keepsAnnouncements() {
        return session.rules().customs().loss() == Loss.STARTS_OVER;
    }

    @Override
    protected void tell(Push announcement) {
        session.outbox().send(announcement);
    }

    @Override
    protected void tell(EncodedOnce announcement) {
        session.outbox().send(announcement);
    }

    @Override
    protected void holdsBack(int count) {
        session.subscriptions().catchup().checkHeldBack(count);
    }

    @Override
    protected void refill(StreamPosition since) {
        session.subscriptions().catchup().refill(this, since);
    }

    @Override
    protected void lost() {
        session.subscriptions().catchup().interrupted(this);
    }

    /** Whether its client has asked to be told of what it misses, kept or not. */
    boolean cares() {
        return plan.options().positioned() || plan.options().recoverable();
    }
}
