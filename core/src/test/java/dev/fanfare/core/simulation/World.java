package dev.fanfare.core.simulation;

import dev.fanfare.core.access.AccessRule;
import dev.fanfare.core.broker.Retention;
import dev.fanfare.core.channel.Catalogue;
import dev.fanfare.core.channel.ChannelPattern;
import dev.fanfare.core.channel.ChannelRules;
import dev.fanfare.core.channel.ChannelRules.Content;
import dev.fanfare.core.channel.VariableType;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.presence.MemoryPresence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything one history happens in: time, chance, servers, and what all clients know. */
final class World {
    static final int MAX_CHANNELS = 4;
    static final int MAX_WAITING = 16;
    static final int MAX_PENDING_BYTES = 1_500;
    static final int MAX_RECOVERED = 10;
    static final String TAG = "kind";
    static final List<String> KINDS = List.of("tea", "coffee", "water");
    static final List<String> USERS = List.of("", "ann", "bob", "cid");

    private static final Retention FEW = new Retention(6, Duration.ofMinutes(1));
    private static final Retention MANY = new Retention(40, Duration.ofHours(2));

    /** By name. The name before the colon tells what the channel has. */
    static final Map<String, Retention> CHANNELS =
            Map.of(
                    "plain:1", Retention.NONE,
                    "room:1", Retention.NONE,
                    "few:1", FEW,
                    "few:2", FEW,
                    "many:1", MANY,
                    "private:ann", MANY);

    static final List<String> NAMES = CHANNELS.keySet().stream().sorted().toList();

    private static final Catalogue CATALOGUE =
            new Catalogue(
                    List.of(
                            entry("plain:{name}", Retention.NONE, false, AccessRule.EVERYONE),
                            entry("room:{name}", Retention.NONE, true, AccessRule.EVERYONE),
                            entry("few:{name}", FEW, false, AccessRule.EVERYONE),
                            entry("many:{name}", MANY, true, AccessRule.EVERYONE),
                            entry("private:{name}", MANY, true, new AccessRule.UserNamed("name"))));

    final RandomGenerator random;
    final Scheduler scheduler;
    final Story story;
    final Fault fault;
    final Engine engine;
    final MemoryPresence presence = new MemoryPresence();
    final List<Paper.Encoder> encoders =
            List.of(new Paper.Encoder(true), new Paper.Encoder(true), new Paper.Encoder(false));
    final List<Node> nodes;
    final Memory memory;
    final List<Conversation> conversations = new ArrayList<>();
    private final List<String> busy;
    private @Nullable Violation noted;
    private int messages;
    private int payloads;

    World(long seed, Fault fault, boolean toldInFull) {
        random = new SplittableRandom(seed);
        scheduler = new Scheduler(random);
        story = new Story(scheduler, toldInFull);
        this.fault = fault;
        engine = new Engine(scheduler, fault);
        for (var name : NAMES) {
            engine.add(new Channel(name), CHANNELS.get(name));
        }
        memory = new Memory(random);
        busy = Stream.generate(() -> any(NAMES)).limit(1 + random.nextInt(5)).toList();
        nodes =
                IntStream.rangeClosed(0, random.nextInt(2))
                        .mapToObj(number -> new Node(this, CATALOGUE))
                        .toList();
    }

    private static Catalogue.Entry entry(
            String pattern, Retention retention, boolean presence, AccessRule rule) {
        var access = new ChannelRules.Access(rule, rule, rule, rule);
        return new Catalogue.Entry(
                ChannelPattern.parse(pattern, Map.of("name", VariableType.SEGMENT)),
                new ChannelRules(
                        access,
                        retention,
                        new ChannelRules.Members(presence, false, false),
                        ChannelRules.Continuity.USUAL,
                        new Content(
                                Map.of(),
                                Content.Format.SOMETHING,
                                Content.Deltas.ON_REQUEST,
                                true),
                        ChannelRules.Naming.USUAL));
    }

    static boolean isOpenTo(String channel, String user) {
        return !channel.startsWith("private:") || channel.equals("private:" + user);
    }

    static boolean hasPresence(String channel) {
        return !channel.startsWith("plain:") && !channel.startsWith("few:");
    }

    Ledger ledger(Channel channel) {
        return engine.ledger(channel);
    }

    long now() {
        return scheduler.millis();
    }

    boolean happens(int onceIn) {
        return random.nextInt(onceIn) == 0;
    }

    <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** One of the channels that this history is about. */
    String anyBusyChannel() {
        return any(busy);
    }

    /** Such a channel, or now and then one that nobody knows. */
    String anyChannel() {
        return happens(40) ? "nowhere:1" : any(busy);
    }

    Node anyNode() {
        return any(nodes);
    }

    String nextMessageId() {
        return "m" + ++messages;
    }

    /** Unlike all others. */
    Payload nextPayload() {
        return Payload.json("{\"n\":" + ++payloads + "}");
    }

    void tell(Supplier<String> step) {
        story.tell(step);
    }

    /** Checks something where a violation would go nowhere: {@link #rethrow} throws it. */
    void check(Runnable promise) {
        try {
            promise.run();
        } catch (Violation violation) {
            noted = violation;
        }
    }

    void rethrow() {
        if (noted != null) {
            throw noted;
        }
    }

    /** While calm, nothing fails and nothing gets lost on the way. */
    void setCalm(boolean calm) {
        nodes.forEach(node -> node.setCalm(calm));
    }

    /** Positions that clients have heard of, for those that come back. */
    static final class Memory {
        private static final int LENGTH = 12;

        private final RandomGenerator random;
        private final Map<Channel, List<StreamPosition>> positions = new HashMap<>();

        Memory(RandomGenerator random) {
            this.random = random;
        }

        void add(Channel channel, StreamPosition position) {
            if (position.isKnown()) {
                var known = positions.computeIfAbsent(channel, key -> new ArrayList<>());
                known.add(position);
                if (known.size() > LENGTH) {
                    known.removeFirst();
                }
            }
        }

        /** The newest mostly; sometimes an older one, or one that never was. */
        @Nullable StreamPosition recall(Channel channel) {
            var known = positions.getOrDefault(channel, List.of());
            if (known.isEmpty() || random.nextInt(30) == 0) {
                return random.nextInt(3) > 0 ? null : new StreamPosition("never", 3);
            }
            return random.nextInt(3) > 0
                    ? known.getLast()
                    : known.get(random.nextInt(known.size()));
        }
    }
}
