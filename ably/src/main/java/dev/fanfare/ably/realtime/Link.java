package dev.fanfare.ably.realtime;

import static java.util.Objects.requireNonNullElse;

import dev.fanfare.ably.access.Access;
import dev.fanfare.ably.access.Denied;
import dev.fanfare.ably.app.App;
import dev.fanfare.core.hub.EncodedOnce;
import dev.fanfare.core.hub.HubShard;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.protocols.ably.ErrorInfo;
import dev.fanfare.protocols.ably.Incoming;
import dev.fanfare.protocols.ably.Outgoing;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection, which outlives its transports: connected, then lost until its client
 * comes back or the time for that is over, then ended. Lives on its event loop, which a {@link
 * Resumption} may change; nothing but {@link #post} may be called from elsewhere.
 */
public final class Link implements Line {
    private sealed interface State {}

    private record Connected(Transport transport, Heartbeats heartbeats) implements State {}

    /**
     * @param since in milliseconds since 1970
     */
    private record Lost(long since) implements State {}

    /** On its way from one loop to another, and on the list of neither. */
    private record Moving(Lost lost) implements State {}

    private record Ended() implements State {}

    private final Links links;
    private final String id;
    private final String key;
    private final Attachments attachments;
    private volatile LinkLoop loop;
    private volatile Pass pass;
    private boolean echoes = true;
    private Duration presenceGrace;
    private State state;

    /** Its place in its loop's list; −1: not there. */
    int slot = -1;

    Link(Links links, LinkLoop loop, String id, String key, Access access) {
        this.links = links;
        this.loop = loop;
        this.id = id;
        this.key = key;
        pass = new Pass(access);
        presenceGrace = app().limits().patience().presence();
        state = new Lost(now());
        attachments = links.channels(this);
    }

    /** Any thread. */
    String key() {
        return key;
    }

    /** Any thread. */
    @Override
    public String connectionId() {
        return id;
    }

    /** Any thread. */
    @Override
    public Access access() {
        return pass.access();
    }

    @Override
    public App app() {
        return links.app();
    }

    @Override
    public HubShard shard() {
        return loop.shard();
    }

    @Override
    public long now() {
        return links.surroundings().clock().millis();
    }

    @Override
    public boolean echoes() {
        return echoes;
    }

    @Override
    public Duration presenceGrace() {
        return presenceGrace;
    }

    boolean hasEnded() {
        return state instanceof Ended;
    }

    /** Whether it is on its way to the loop that this is asked on, where it arrives soon. */
    boolean isMoving() {
        return state instanceof Moving;
    }

    /** The way to its client; null while there is none. */
    @Nullable Transport transport() {
        return state instanceof Connected(var transport, _) ? transport : null;
    }

    /** Whether who comes with this may continue it. */
    boolean isFor(Access other) {
        return pass.isFor(other);
    }

    /**
     * A client has it for the first time.
     *
     * @param why it is not the connection that the client wanted to continue; null: it wanted none
     */
    void begin(Guest guest, @Nullable ErrorInfo why) {
        loop.add(this);
        connect(guest, why);
    }

    /** Its client has come back for it: its old transport is cut off. */
    void moveTo(LinkLoop next) {
        drop(Disconnect.REPLACED);
        if (state instanceof Lost lost) {
            loop.remove(this);
            state = new Moving(lost);
            next.expect();
            loop = next;
        }
    }

    /** It has come to where its client is. */
    void resume(Guest guest) {
        if (state instanceof Moving(var lost)) {
            state = lost;
            loop.add(this);
        }
        connect(guest, null);
        if (state instanceof Connected) {
            attachments.transportBack();
        }
    }

    private void connect(Guest guest, @Nullable ErrorInfo why) {
        var arrival = guest.arrival();
        pass = new Pass(guest.access());
        echoes = arrival.echo();
        presenceGrace =
                requireNonNullElse(arrival.presenceGrace(), app().limits().patience().presence());
        if (!guest.transport().isGone()) {
            var heartbeats = links.heartbeats(arrival.heartbeats());
            state = new Connected(guest.transport(), heartbeats);
            guest.transport().carry(this);
            links.observer().connected(this);
            tellConnected(why);
        }
    }

    private void tellConnected(@Nullable ErrorInfo why) {
        send(new Outgoing.Connected(id, links.details(this), why));
    }

    /** What its client says. */
    void receive(List<Incoming> words) {
        loop.turn(
                () -> {
                    for (var word : words) {
                        if (state instanceof Connected && !expire(now())) {
                            take(word);
                        }
                    }
                });
    }

    private void take(Incoming word) {
        switch (word) {
            case Incoming.Heartbeat(var asked) -> {
                if (asked != null) {
                    send(new Outgoing.Heartbeat(asked));
                }
            }
            case Incoming.Auth(var token) -> authenticate(token);
            case Incoming.Close() -> end(new Outgoing.Closed(), Disconnect.CLOSED);
            case Incoming.Disconnect() -> drop(Disconnect.CLOSED);
            case Incoming.Attach _,
                    Incoming.Detach _,
                    Incoming.Publish _,
                    Incoming.Presence _,
                    Incoming.Sync _,
                    Incoming.Refused _ ->
                    attachments.take(word);
        }
    }

    /** Another token, whether we asked for it or not. */
    private void authenticate(String token) {
        try {
            pass = pass.renewed(token, links.surroundings().judge());
        } catch (Denied denied) {
            fail(denied.error());
            return;
        }
        tellConnected(null);
        attachments.accessChanged();
    }

    /** Its client has given a sign of life. */
    void heard() {
        if (state instanceof Connected(_, var heartbeats)) {
            heartbeats.heard();
        }
    }

    @Override
    public void send(Outgoing word) {
        if (state instanceof Connected(var transport, _)) {
            transport.send(word);
        }
    }

    @Override
    public void send(EncodedOnce encoded) {
        if (state instanceof Connected(var transport, _)) {
            transport.send(encoded);
        }
    }

    @Override
    public boolean isFull() {
        return state instanceof Connected(var transport, _) && transport.isFull();
    }

    @Override
    public <T> void then(
            CompletionStage<T> stage, BiConsumer<@Nullable T, @Nullable Throwable> next) {
        var future = stage.toCompletableFuture();
        if (!future.isDone()) {
            stage.whenComplete((value, failure) -> post(() -> next.accept(value, failure)));
        } else if (future.isCompletedExceptionally()) {
            loop.turn(() -> next.accept(null, future.exceptionNow()));
        } else {
            loop.turn(() -> next.accept(future.resultNow(), null));
        }
    }

    /** Any thread: does it on its loop, whichever that is by then, as a turn of its own. */
    void post(Runnable task) {
        var at = loop;
        at.post(
                () -> {
                    if (at.equals(loop)) {
                        task.run();
                    } else {
                        post(task);
                    }
                });
    }

    /** Called about once a second. */
    void sweep(long now) {
        if (state instanceof Connected connected) {
            sweep(connected, now);
        } else if (state instanceof Lost(long since)
                && now - since >= app().limits().patience().connection().toMillis()) {
            end();
        }
        if (!hasEnded()) {
            attachments.sweep(now);
        }
    }

    private void sweep(Connected connected, long now) {
        var transport = connected.transport();
        var heartbeats = connected.heartbeats();
        transport.judge();
        if (transport.isGone()) {
            return;
        }
        switch (heartbeats.at(now, transport.pings())) {
            case NOTHING -> {}
            case BEAT -> transport.beat(heartbeats.inWords());
            case DEAD -> lose(Trouble.SILENT, Disconnect.NO_PONG);
        }
        if (!expire(now) && pass.asks(now, links.surroundings().revocations())) {
            send(new Outgoing.Auth());
        }
    }

    /** True if its credentials are no longer good; its client is on its way to others. */
    private boolean expire(long now) {
        if (pass.isOver(now)) {
            lose(Trouble.EXPIRED, Disconnect.EXPIRED);
            return true;
        }
        if (links.surroundings().revocations().cover(access(), now)) {
            lose(Trouble.REVOKED, Disconnect.INVALID_TOKEN);
            return true;
        }
        return false;
    }

    /** The transport ends; the client is told why and may continue the connection. */
    void lose(ErrorInfo why, Disconnect code) {
        if (state instanceof Connected(var transport, _)) {
            links.observer().refused(why);
            transport.end(new Outgoing.Disconnected(why), code);
            lost();
        }
    }

    /** As {@link #lose}, without a word. */
    void drop(Disconnect code) {
        if (state instanceof Connected(var transport, _)) {
            transport.end(code);
            lost();
        }
    }

    /** The transport has gone by itself. */
    void transportGone() {
        loop.turn(this::lost);
    }

    private void lost() {
        state = new Lost(now());
        links.observer().disconnected(this);
        attachments.transportLost();
    }

    @Override
    public void fail(ErrorInfo why) {
        links.observer().refused(why);
        loop.turn(() -> end(new Outgoing.Failed(null, why), Disconnect.BAD_REQUEST));
    }

    /** It ends with its node: its client is to go elsewhere. */
    void giveUp(ErrorInfo why) {
        end(new Outgoing.Disconnected(why), Disconnect.SHUTDOWN);
    }

    private void end(Outgoing last, Disconnect code) {
        var transport = transport();
        end();
        if (transport != null) {
            links.observer().disconnected(this);
            transport.end(last, code);
        }
    }

    private void end() {
        if (hasEnded()) {
            return;
        }
        state = new Ended();
        attachments.end();
        loop.remove(this);
        links.remove(this);
    }
}
