package dev.fanfare.core.hub;

import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.Push;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place on one channel that misses nothing unnoticed: joining, then live at a position, then
 * ended. While joining it holds back what arrives; going live it sends what was not sent before.
 * Live, it drops repeats, passes over what is not meant for its client, and turns back to joining
 * when it sees a gap. Lives on its shard's event loop.
 */
public abstract class Follower extends Subscriber {
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

    private State state = Joining.begin();

    /** Whom publications have to be meant for. */
    protected abstract ClientInfo client();

    /** Whether it takes only what it {@link #wants}. */
    protected boolean chooses() {
        return false;
    }

    /** Of what is meant for its client. */
    protected boolean wants(Publication publication) {
        return true;
    }

    /** Sends what the client has not seen and may see. */
    protected abstract void send(Publication publication);

    /** The same for all of a run. */
    protected abstract void send(Run run);

    /** Whether it wants to hear what is said beside publications. */
    protected abstract boolean hears();

    /** Whether that is told later where it comes before going live. */
    protected abstract boolean keepsAnnouncements();

    protected abstract void tell(Push announcement);

    protected abstract void tell(EncodedOnce announcement);

    /** So many things wait until it goes live. */
    protected abstract void holdsBack(int count);

    /** Something after that is missing: whoever has read it goes live again. */
    protected abstract void refill(StreamPosition since);

    /** Something may be missing that is kept nowhere. */
    protected abstract void lost();

    public final boolean hasEnded() {
        return state instanceof Ended;
    }

    /** Where it is live; null while it is not, and where there are no positions. */
    public final @Nullable StreamPosition livePosition() {
        return state instanceof Live live && live.position.isKnown() ? live.position : null;
    }

    public final void end() {
        state = new Ended();
    }

    /** It has not heard of what is there: it goes back to where it stands, and on from there. */
    public final void fallBack() {
        if (state instanceof Live live) {
            rejoin(live.position, List.of());
        }
    }

    /**
     * Everything up to the position has been sent; what was held back follows, and from then on
     * what arrives.
     *
     * @return whether it has gone live, and has not ended over it
     */
    protected final boolean goLiveAt(StreamPosition position) {
        if (!(state instanceof Joining(var heldBack, var told, boolean interrupted))) {
            return false;
        }
        var live = new Live(position);
        state = live;
        deliverOneByOne(live, heldBack);
        told.forEach(this::tell);
        if (interrupted) {
            interrupted();
        }
        return !hasEnded();
    }

    /** Whether its client may see the publication, and wants it. */
    protected final boolean isMeant(Publication publication) {
        return publication.message().audience().includes(client()) && wants(publication);
    }

    @Override
    protected final int deliver(Run run) {
        return switch (state) {
            case Joining(var heldBack, _, _) -> holdBack(heldBack, run);
            case Live live -> deliver(live, run);
            case Ended() -> 0;
        };
    }

    @Override
    protected final void hear(EncodedOnce announcement) {
        if (!hears()) {
            return;
        }
        switch (state) {
            case Joining(_, var told, _) -> holdBack(told, announcement);
            case Live _ -> tell(announcement);
            case Ended() -> {}
        }
    }

    private void holdBack(List<Push> told, EncodedOnce announcement) {
        if (keepsAnnouncements()) {
            told.addAll(announcement.pushes());
            holdsBack(told.size());
        }
    }

    @Override
    protected final void interrupted() {
        switch (state) {
            case Joining(var heldBack, var told, _) -> state = new Joining(heldBack, told, true);
            case Live live when live.position.isKnown() -> rejoin(live.position, List.of());
            case Live _ -> lost();
            case Ended() -> {}
        }
    }

    private int holdBack(List<Publication> heldBack, Run run) {
        run.pushes().forEach(push -> heldBack.add(push.publication()));
        holdsBack(heldBack.size());
        return 0;
    }

    private int deliver(Live live, Run run) {
        if (!live.expects(run.first()) || chooses()) {
            return deliverOneByOne(
                    live, run.pushes().stream().map(Push.Published::publication).toList());
        }
        live.reach(run.last());
        if (!run.audience().includes(client())) {
            return 0;
        }
        send(run);
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
        refill(since);
    }
}
