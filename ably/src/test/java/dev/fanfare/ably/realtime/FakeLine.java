package dev.fanfare.ably.realtime;

import dev.fanfare.ably.access.Access;
import dev.fanfare.ably.app.App;
import dev.fanfare.core.hub.EncodedOnce;
import dev.fanfare.core.hub.HubShard;
import dev.fanfare.protocols.ably.AblyEncoder;
import dev.fanfare.protocols.ably.Data;
import dev.fanfare.protocols.ably.ErrorInfo;
import dev.fanfare.protocols.ably.Formats;
import dev.fanfare.protocols.ably.Incoming;
import dev.fanfare.protocols.ably.Outgoing;
import dev.fanfare.protocols.ably.Unreadable;
import dev.fanfare.protocols.ably.WireMessage;
import dev.fanfare.protocols.ably.WirePresence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A connection without a transport that writes down, in words of its own, what it is to send. */
final class FakeLine implements Line {
    private final ChannelNode node;
    private final String id;
    private final AblyEncoder encoder;
    private Access access;
    private final List<String> sent = new ArrayList<>();
    final AttachedChannels channels;
    boolean echoes = true;
    boolean connected = true;
    boolean full;
    @Nullable ErrorInfo failure;
    private long msgSerial;

    /** What the client remembers of the channels, by name. */
    final Map<String, String> serials = new HashMap<>();

    /** Where what it heard does not follow what it had heard. */
    final List<String> doubts = new ArrayList<>();

    private List<?> acknowledged = List.of();

    /** So many things it will hear yet, unless it is continued. */
    private int hearing = Integer.MAX_VALUE;

    FakeLine(ChannelNode node, String id, Access access) {
        this.node = node;
        this.id = id;
        this.access = access;
        encoder = new AblyEncoder(Formats.JSON, node.clock);
        channels = new AttachedChannels(this);
    }

    void attach(String channel, String... params) {
        attach(channel, 0, null, params);
    }

    void attach(String channel, long flags, @Nullable String serial, String... params) {
        var all = new HashMap<String, String>();
        for (int i = 0; i < params.length; i += 2) {
            all.put(params[i], params[i + 1]);
        }
        say(new Incoming.Attach(channel, flags, all, serial));
    }

    /** As a client does that was there before. */
    void attachAgain(String channel) {
        attach(channel, 0, serials.get(channel));
    }

    void publish(String channel, String... texts) {
        var messages = new ArrayList<WireMessage>();
        for (var text : texts) {
            messages.add(message(null, text, null));
        }
        publish(msgSerial++, channel, messages);
    }

    void publish(long serial, String channel, List<WireMessage> messages) {
        say(new Incoming.Publish(serial, channel, null, messages, Map.of()));
    }

    static WireMessage message(@Nullable String messageId, String text, @Nullable String clientId) {
        return new WireMessage(
                messageId,
                null,
                Data.text(text),
                new WireMessage.Sender(clientId, null, null),
                0,
                null,
                null);
    }

    void enter(String channel, String clientId, String data) {
        present(msgSerial++, channel, WirePresence.Action.ENTER, clientId, data);
    }

    void update(String channel, String clientId, String data) {
        present(msgSerial++, channel, WirePresence.Action.UPDATE, clientId, data);
    }

    void leave(String channel, String clientId) {
        present(msgSerial++, channel, WirePresence.Action.LEAVE, clientId, null);
    }

    void present(
            long serial,
            String channel,
            WirePresence.Action action,
            @Nullable String clientId,
            @Nullable String data) {
        present(serial, channel, null, action, clientId, data);
    }

    void present(
            long serial,
            String channel,
            @Nullable String eventId,
            WirePresence.Action action,
            @Nullable String clientId,
            @Nullable String data) {
        var words = data == null ? Data.NONE : Data.text(data);
        var event = new WirePresence(action, eventId, clientId, null, words, 0, null);
        say(new Incoming.Presence(serial, channel, List.of(event)));
    }

    void say(Incoming word) {
        channels.take(word);
        node.run();
    }

    /** The transport will be gone after so many words, and nobody knows yet. */
    void dieAfter(int words) {
        hearing = words;
    }

    /** The client has come from this connection to another one. */
    void continues(FakeLine before) {
        serials.putAll(before.serials);
        doubts.addAll(before.doubts);
    }

    /** The transport is gone. */
    void cut() {
        connected = false;
        hearing = Integer.MAX_VALUE;
        channels.transportLost();
        node.run();
    }

    void comeBack() {
        connected = true;
        channels.transportBack();
        node.run();
    }

    void become(Access next) {
        access = next;
        channels.accessChanged();
        node.run();
    }

    /** The serials that the last acknowledgement told. */
    List<?> acknowledged() {
        node.run();
        return acknowledged;
    }

    /** What it was sent since this was last asked. */
    List<String> hears() {
        node.run();
        var heard = List.copyOf(sent);
        sent.clear();
        return heard;
    }

    @Override
    public String connectionId() {
        return id;
    }

    @Override
    public Access access() {
        return access;
    }

    @Override
    public App app() {
        return node.app;
    }

    @Override
    public HubShard shard() {
        return node.hub.shards().getFirst();
    }

    @Override
    public long now() {
        return node.clock.millis();
    }

    @Override
    public boolean echoes() {
        return echoes;
    }

    @Override
    public Duration presenceGrace() {
        return node.app.limits().patience().presence();
    }

    @Override
    public void send(Outgoing word) {
        hear(Formats.JSON.write(word));
    }

    @Override
    public void send(EncodedOnce encoded) {
        encoder.encode(encoded.pushes()).forEach(this::hear);
    }

    private void hear(byte[] words) {
        if (connected && hearing-- <= 0) {
            connected = false;
        }
        if (connected) {
            try {
                var told = new Told((Map<?, ?>) Formats.JSON.readTree(words));
                told.remember(serials, doubts);
                acknowledged = told.serialsOr(acknowledged);
                sent.addAll(told.inShort());
            } catch (Unreadable e) {
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public boolean isFull() {
        return full;
    }

    @Override
    public <T> void then(
            CompletionStage<T> stage, BiConsumer<@Nullable T, @Nullable Throwable> next) {
        var future = stage.toCompletableFuture();
        if (!future.isDone()) {
            stage.whenComplete(
                    (value, cause) -> node.loop.execute(() -> next.accept(value, cause)));
        } else if (future.isCompletedExceptionally()) {
            next.accept(null, future.exceptionNow());
        } else {
            next.accept(future.resultNow(), null);
        }
    }

    @Override
    public void fail(ErrorInfo why) {
        failure = why;
        channels.end();
    }
}
