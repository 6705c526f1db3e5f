package dev.fanfare.brokers.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.core.broker.Broker;
import dev.fanfare.core.broker.BrokerListener;
import dev.fanfare.core.broker.PublishOptions;
import dev.fanfare.core.broker.Published;
import dev.fanfare.core.broker.Retention;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.History;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.Membership;
import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nodes that share Redis. Each call is one step there: a script that does everything at once.
 *
 * <p>Where a channel is stands in its meta, what it keeps in its log, a stream whose ids are the
 * offsets; publications come back on its topic. An epoch ends when the meta is gone, or was written
 * under another generation of its Redis: what Redis may have lost, nobody takes for the same again.
 *
 * <p>Logs hold somewhat more than they must, since Redis drops many at once cheaply; readers get no
 * more than the retention says. Times are those of Redis, but for what has no position.
 */
final class RedisBroker implements Broker {
    private static final Logger LOG = LoggerFactory.getLogger(RedisBroker.class);

    private static final Script PUBLISH = Script.named("publish");
    private static final Script PUBLISH_ONCE = Script.named("publish_once");
    private static final Script HISTORY = Script.named("history");
    private static final Script REMOVE_HISTORY = Script.named("remove_history");

    private static final byte[] TO_ALL = bytes("PUBLISH");
    private static final byte[] TO_SHARD = bytes("SPUBLISH");
    private static final byte[] FORWARD = bytes("+");
    private static final byte[] BACKWARD = bytes("-");
    private static final byte[] WINDOW = Terms.word(IDEMPOTENCY_WINDOW.toMillis());
    private static final byte[] NOTHING = {};

    private static final int EPOCH_LENGTH = 8;
    private static final int MOST_ARGUMENTS = 8;

    private final Servers servers;
    private final Keys keys;
    private final InstantSource clock;
    private final SharedReads reads = new SharedReads(this::read);
    private final Map<Retention, Terms> terms = new ConcurrentHashMap<>();
    private final Hearing hearing = new Hearing();

    /**
     * @param clock tells the time of what has no position
     */
    RedisBroker(Servers servers, Keys keys, InstantSource clock) {
        this.servers = servers;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public void start(BrokerListener listener) {
        hearing.start(listener);
    }

    @Override
    public CompletionStage<Published> publish(
            Channel channel, Message message, PublishOptions options) {
        var place = keys.of(channel);
        if (options.retention().keepsHistory()) {
            return publishPlaced(place, message, options);
        }
        var note = NoteCodec.encode(message, clock.millis());
        var key = options.idempotencyKey();
        if (key == null) {
            return servers.send(place.tag(), place.topic(), note)
                    .thenApply(sent -> new Published(StreamPosition.NONE, false));
        }
        var arguments = List.of(command(), bytes(place.topic()), note, WINDOW);
        return servers.run(place.tag(), PUBLISH_ONCE, List.of(once(place, key)), arguments)
                .thenApply(RedisBroker::published);
    }

    private CompletionStage<Published> publishPlaced(
            Keys.Place place, Message message, PublishOptions options) {
        var terms = terms(options.retention());
        var arguments = new ArrayList<byte[]>(MOST_ARGUMENTS);
        arguments.add(command());
        arguments.add(MessageCodec.encode(message));
        arguments.add(terms.size);
        arguments.add(terms.lives);
        arguments.add(freshEpoch());
        var names = List.of(meta(place), log(place));
        var key = options.idempotencyKey();
        var version = options.version();
        if (key != null || version != null) {
            arguments.add(version == null ? NOTHING : Terms.word(version.number()));
            arguments.add(version == null ? NOTHING : bytes(version.epoch()));
        }
        if (key != null) {
            arguments.add(WINDOW);
            names = List.of(meta(place), log(place), once(place, key));
        }
        return servers.run(place.tag(), PUBLISH, names, arguments)
                .thenApply(RedisBroker::published);
    }

    @Override
    public CompletionStage<Void> announce(Channel channel, Membership membership) {
        var place = keys.of(channel);
        return servers.send(place.tag(), place.topic(), NoteCodec.encode(membership));
    }

    @Override
    public CompletionStage<Void> subscribe(Channel channel) {
        var place = keys.of(channel);
        hearing.add(place.topic(), channel);
        return servers.subscribe(place.tag(), place.topic(), hearing);
    }

    @Override
    public void unsubscribe(Channel channel) {
        var place = keys.of(channel);
        servers.unsubscribe(place.tag(), place.topic());
        hearing.remove(place.topic());
    }

    /** Equal reads share an answer; it may know of what was published after they were asked. */
    @Override
    public CompletionStage<History> history(
            Channel channel, HistoryQuery query, Retention retention) {
        return retention.keepsHistory()
                ? reads.get(new SharedReads.Read(channel, query, retention))
                : CompletableFuture.completedFuture(History.NONE);
    }

    private CompletionStage<History> read(SharedReads.Read read) {
        var place = keys.of(read.channel());
        var query = read.query();
        var terms = terms(read.retention());
        var arguments =
                List.of(
                        query.since() == null ? NOTHING : Terms.word(query.since().offset()),
                        Terms.word(query.limit()),
                        query.reverse() ? BACKWARD : FORWARD,
                        terms.size,
                        terms.age,
                        terms.lifeOfMeta,
                        freshEpoch());
        return servers.run(place.tag(), HISTORY, List.of(meta(place), log(place)), arguments)
                .thenApply(answer -> history(read.channel(), answer));
    }

    @Override
    public CompletionStage<Void> removeHistory(Channel channel) {
        var place = keys.of(channel);
        return servers.run(place.tag(), REMOVE_HISTORY, List.of(log(place)), List.of())
                .thenAccept(answer -> {});
    }

    private byte[] command() {
        return servers.isSharded() ? TO_SHARD : TO_ALL;
    }

    private static Published published(List<Object> answer) {
        var words = words(answer);
        return new Published(position(words), words.length > 2);
    }

    /** Leaves a hole where one cannot be read: whoever counts on having all sees that. */
    private static History history(Channel channel, List<Object> answer) {
        var top = position(words(answer));
        var publications = new ArrayList<Publication>(answer.size());
        for (var note : answer.subList(1, answer.size())) {
            try {
                publications.add(NoteCodec.publication(channel, (byte[]) note, top.epoch()));
            } catch (IllegalArgumentException unreadable) {
                LOG.warn("{}: passed over what was kept: {}", channel, unreadable.getMessage());
            }
        }
        return new History(publications, top);
    }

    private static StreamPosition position(String[] words) {
        return words[0].isEmpty()
                ? StreamPosition.NONE
                : new StreamPosition(words[0], Long.parseLong(words[1]));
    }

    private static String[] words(List<Object> answer) {
        return new String((byte[]) answer.getFirst(), ISO_8859_1).split(" ", -1);
    }

    private static String meta(Keys.Place place) {
        return place.key("meta");
    }

    private static String log(Keys.Place place) {
        return place.key("log");
    }

    private static String once(Keys.Place place, String key) {
        return place.key("once:" + key);
    }

    /** There are as many as rules of channels: few. */
    private Terms terms(Retention retention) {
        return terms.computeIfAbsent(retention, Terms::new);
    }

    /** The name of the epoch, should one begin: eight letters. */
    private static byte[] freshEpoch() {
        var letters = new byte[EPOCH_LENGTH];
        var random = ThreadLocalRandom.current();
        for (int index = 0; index < letters.length; index++) {
            letters[index] = (byte) ('a' + random.nextInt(26));
        }
        return letters;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
