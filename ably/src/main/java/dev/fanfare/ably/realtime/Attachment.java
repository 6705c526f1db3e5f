package dev.fanfare.ably.realtime;

import static java.util.Objects.requireNonNullElse;
import static java.util.concurrent.CompletableFuture.completedFuture;

import dev.fanfare.ably.access.Access;
import dev.fanfare.ably.channel.Refusals;
import dev.fanfare.core.channel.ResolvedChannel;
import dev.fanfare.core.hub.EncodedOnce;
import dev.fanfare.core.hub.Follower;
import dev.fanfare.core.hub.Run;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.model.Unavailable;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.core.protocol.Recovery;
import dev.fanfare.protocols.ably.AblyEncoder;
import dev.fanfare.protocols.ably.Flag;
import dev.fanfare.protocols.ably.MemberInfo;
import dev.fanfare.protocols.ably.Outgoing;
import dev.fanfare.protocols.ably.Publications;
import dev.fanfare.protocols.ably.Serials;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One connection's place on one channel. What its client is owed is read, and then told in the
 * order of the protocol: ATTACHED, what was published, who is there, what is published from then
 * on. The same happens again where something is missing, and where the client asks once more. Lives
 * on the connection's event loop.
 */
final class Attachment extends Follower {
    /** What is held back takes memory: so many publications, or changes of members, at most. */
    static final int MOST_HELD_BACK = 1_000;

    /**
     * What the client is to be told when what it is owed has been read.
     *
     * @param gap that something was lost which is kept nowhere
     */
    private record Due(boolean attached, boolean sync, boolean gap) {
        static final Due NOTHING = new Due(false, false, false);

        Due and(Due other) {
            return new Due(attached || other.attached, sync || other.sync, gap || other.gap);
        }
    }

    private final Line line;
    private final AttachedChannels attachments;
    private final ResolvedChannel channel;
    private final String written;
    private Map<String, String> params;

    /** What its client wants to do, and how much of it it may. */
    private long wanted;

    private long modes;
    private Due due = new Due(true, false, false);

    /** Whether its client has heard that it is attached. */
    private boolean answered;

    /** From where it goes on as soon as that can be read and sent; null: it is not held up. */
    private @Nullable Start stalled;

    Attachment(
            Line line,
            AttachedChannels attachments,
            ResolvedChannel channel,
            AttachRequest request,
            long allowed) {
        this.line = line;
        this.attachments = attachments;
        this.channel = channel;
        written = request.name().written();
        params = request.params();
        wanted = request.modes();
        modes = wanted & allowed;
    }

    /** The channel, as its client calls it. */
    String written() {
        return written;
    }

    ResolvedChannel channel() {
        return channel;
    }

    /** What its client may do, and wants to; see {@link Flag}. */
    long modes() {
        return modes;
    }

    boolean may(long mode) {
        return (modes & mode) != 0;
    }

    /** Its client may do other things than before, and hears so where it wants them. */
    void allow(long allowed) {
        long before = modes;
        modes = wanted & allowed;
        if (modes != before && modes != 0) {
            owe(new Due(true, false, false));
        }
    }

    void begin(Start start) {
        read(line.shard().add(channel.channel(), this), start);
    }

    /** Its client asks again, perhaps for something else. */
    void attachAgain(AttachRequest request, long allowed) {
        params = request.params();
        wanted = request.modes();
        modes = wanted & allowed;
        owe(new Due(true, false, false));
    }

    /** Its client asks who is there. */
    void sync() {
        owe(new Due(false, true, false));
    }

    /** Told when everything before is: at once, where nothing is being read. */
    private void owe(Due more) {
        due = due.and(more);
        fallBack();
    }

    /** Tries again what could not be read, or had to wait for the line. */
    void retry() {
        var start = stalled;
        if (start != null && !line.isFull()) {
            stalled = null;
            read(completedFuture(null), start);
        }
    }

    private void read(CompletionStage<Void> ready, Start start) {
        var told = due;
        due = Due.NOTHING;
        var channels = line.app().channels();
        var wanted = new Catchup.Wanted(channel, seesMembers());
        long now = line.now();
        line.then(
                ready.thenCompose(nothing -> Catchup.read(channels, wanted, start, now)),
                (catchup, failure) -> {
                    if (hasEnded()) {
                        return;
                    }
                    boolean waits = catchup != null && line.isFull() && catchup.isLarge();
                    if (waits || (answered && Unavailable.isCauseOf(failure))) {
                        due = due.and(told);
                        stalled = start;
                    } else if (catchup != null) {
                        arrive(catchup, told);
                    } else {
                        attachments.detach(this, Refusals.info(failure));
                    }
                });
    }

    private void arrive(Catchup catchup, Due told) {
        boolean loss = catchup.isLoss() || told.gap();
        var replay = catchup.replay();
        var backlog = replay.missed().stream().filter(this::isMeant).toList();
        if (told.attached() || loss) {
            line.send(attached(catchup, loss, !backlog.isEmpty()));
        }
        backlog.forEach(this::send);
        boolean resync = answered && seesMembers();
        if (told.sync() || resync || !catchup.members().isEmpty()) {
            attachments.sync(written, catchup.members());
        }
        answered = true;
        if (goLiveAt(replay.position()) && !due.equals(Due.NOTHING)) {
            fallBack();
        }
    }

    private Outgoing attached(Catchup catchup, boolean loss, boolean backlog) {
        var replay = catchup.replay();
        boolean resumed = !loss && (answered || replay.recovery() == Recovery.RECOVERED);
        long flags =
                modes
                        | (catchup.members().isEmpty() ? 0 : Flag.HAS_PRESENCE)
                        | (backlog ? Flag.HAS_BACKLOG : 0)
                        | (resumed ? Flag.RESUMED : 0);
        var error = catchup.error() == null && loss ? Catchup.lost() : catchup.error();
        return new Outgoing.Attached(
                written, Serials.ofChannel(replay.start()), flags, params, error);
    }

    private boolean seesMembers() {
        return may(Flag.PRESENCE_SUBSCRIBE) && channel.rules().presence();
    }

    @Override
    protected ClientInfo client() {
        var clientId = line.access().clientId();
        var user = clientId == null || clientId.equals(Access.ANY) ? "" : clientId;
        return new ClientInfo(line.connectionId(), user);
    }

    @Override
    protected boolean chooses() {
        return !line.echoes() || !may(Flag.SUBSCRIBE);
    }

    @Override
    protected boolean wants(Publication publication) {
        return may(Flag.SUBSCRIBE) && (line.echoes() || !isOwn(publication));
    }

    private boolean isOwn(Publication publication) {
        var publisher = publication.message().publisher();
        return publisher != null && publisher.client().equals(line.connectionId());
    }

    @Override
    protected void send(Publication publication) {
        var told = Publications.told(written, List.of(publication));
        line.send(
                new Outgoing.Messages(
                        written,
                        told.channelSerial() == null ? heard() : told.channelSerial(),
                        told.messages()));
    }

    @Override
    protected void send(Run run) {
        if (isPlain() && (run.last().isKnown() || livePosition() == null)) {
            line.send(run.encoded());
        } else {
            run.pushes().forEach(push -> send(push.publication()));
        }
    }

    /** Up to where: without it the client would believe that it has heard nothing. */
    private @Nullable String heard() {
        var position = livePosition();
        return position == null ? null : Serials.ofChannel(position);
    }

    /** Whether its client calls the channel as all do. */
    private boolean isPlain() {
        return written.equals(channel.channel().name());
    }

    @Override
    protected boolean hears() {
        return true;
    }

    @Override
    protected boolean keepsAnnouncements() {
        return true;
    }

    @Override
    protected void tell(EncodedOnce announcement) {
        if (isPlain() && may(Flag.PRESENCE_SUBSCRIBE)) {
            var position = livePosition();
            line.send(position == null ? announcement : announcement.at(position));
        } else {
            announcement.pushes().forEach(this::tell);
        }
    }

    @Override
    protected void tell(Push announcement) {
        if (announcement instanceof Push.Member member
                && (may(Flag.PRESENCE_SUBSCRIBE) || isOwn(member.membership().client()))) {
            var position = requireNonNullElse(livePosition(), StreamPosition.NONE);
            line.send(AblyEncoder.told(written, member.at(position), line.now()));
        }
    }

    /** A client hears of its own members whatever it has asked for. */
    private boolean isOwn(ClientInfo member) {
        return member.client().equals(MemberInfo.client(line.connectionId(), member.user()));
    }

    /** Its client attaches again, and gets it then. */
    @Override
    protected void holdsBack(int count) {
        if (count > MOST_HELD_BACK) {
            attachments.detach(this, Catchup.lateness());
        }
    }

    @Override
    protected void refill(StreamPosition since) {
        Start start = since.isKnown() ? new Start.After(since) : new Start.Now();
        read(completedFuture(null), start);
    }

    @Override
    protected void lost() {
        owe(new Due(false, false, true));
    }
}
