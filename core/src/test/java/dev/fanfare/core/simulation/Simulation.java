package dev.fanfare.core.simulation;

import static dev.fanfare.core.simulation.Violation.unless;

import dev.fanfare.core.access.Identity;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.model.TagsFilter;
import dev.fanfare.core.model.TagsFilter.Text.Relation;
import dev.fanfare.core.protocol.Command;
import dev.fanfare.core.protocol.Command.Subscribe.Options;
import dev.fanfare.core.protocol.Request;
import dev.fanfare.core.session.SessionRules;
import dev.fanfare.core.session.SessionRules.Heartbeat;
import dev.fanfare.core.session.SessionRules.MessageBudget;
import dev.fanfare.core.session.Wish;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One random history of the server and its clients, made from a seed: the same seed, the same
 * history. What happens is decided here; what must then hold is checked by {@link Client} and
 * {@link View} as it goes, and here whenever everything has come to rest.
 */
final class Simulation {
    private static final int MOST_STEPS = 150;
    private static final int MOST_CONVERSATIONS = 6;
    private static final int MOST_TASKS_BETWEEN = 12;

    private final World world;
    private final RandomGenerator random;
    private final Backend backend;
    private int connections;
    private int requests;

    private Simulation(World world) {
        this.world = world;
        random = world.random;
        backend = new Backend(world);
    }

    /** Runs the history of this seed: null when all went well, otherwise what did not, and how. */
    static @Nullable String failure(long seed, Fault fault) {
        try {
            new Simulation(new World(seed, fault, false)).run();
            return null;
        } catch (Violation | RuntimeException | StackOverflowError failure) {
            return """
            seed %d: %s
            replay: mvn -pl core test -Dtest=SimulationTest \
                -Dfanfare.simulation.seed=%d -Dfanfare.simulation.histories=1
            %s
            """
                    .formatted(seed, failure, seed, story(seed, fault));
        }
    }

    /** Runs it with somebody to write it down. */
    static String story(long seed, Fault fault) {
        var world = new World(seed, fault, true);
        try {
            new Simulation(world).run();
        } catch (Violation | RuntimeException | StackOverflowError failure) {
            var trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            world.tell(trace::toString);
        }
        return world.story.toString();
    }

    private void run() {
        int steps = 1 + random.nextInt(MOST_STEPS);
        for (int step = 0; step < steps; step++) {
            act();
            world.scheduler.run(random.nextInt(MOST_TASKS_BETWEEN));
        }
        comeToRest();
        end();
    }

    private void act() {
        switch (random.nextInt(100) / 4) {
            case 0, 1, 2, 3 -> connect();
            case 4, 5, 6, 7, 8, 9 -> ask();
            case 10, 11, 12, 13 -> backend.publish();
            case 14 -> backend.publishUnkept();
            case 15 -> backend.publishMany();
            case 16 -> backend.publishWithKey();
            case 17, 18 -> cut();
            case 19, 20 -> slowDownOrReadOn();
            case 21, 22 -> wait(Duration.ofMillis(random.nextInt(1_500)));
            case 23 -> wait(longer());
            default -> sometimes();
        }
    }

    private void sometimes() {
        switch (random.nextInt(6)) {
            case 0, 1 -> comeToRest();
            case 2 -> backend.removeHistory();
            case 3 -> interrupt();
            case 4 -> {
                world.tell(() -> "all hear again");
                world.nodes.forEach(node -> node.broker().comeBack());
            }
            default -> wait(Duration.ofHours(20 + random.nextInt(10)));
        }
    }

    private void interrupt() {
        world.tell(() -> "a node hears nothing");
        world.anyNode().broker().interrupt();
    }

    private Duration longer() {
        return Duration.ofSeconds(world.happens(4) ? random.nextInt(400) : random.nextInt(40));
    }

    private void connect() {
        if (current().size() >= MOST_CONVERSATIONS) {
            return;
        }
        var conversation = new Conversation(world, "client" + ++connections, terms());
        var wishes = Stream.generate(this::wish).limit(random.nextInt(4)).toList();
        world.tell(() -> conversation.info() + " connects: " + wishes);
        world.conversations.add(conversation);
        conversation.connect(wishes);
    }

    private Conversation.Terms terms() {
        var user = world.any(World.USERS);
        long expiresAt =
                world.happens(4) ? world.now() + 1 + random.nextInt(60_000) : Identity.NEVER;
        var budget = world.happens(8) ? new MessageBudget(1, 10) : null;
        return new Conversation.Terms(
                new SessionRules(
                        World.MAX_CHANNELS,
                        World.MAX_WAITING,
                        World.MAX_PENDING_BYTES,
                        World.MAX_RECOVERED,
                        budget,
                        heartbeat()),
                world.happens(3),
                !world.happens(4),
                new Identity(user, Map.of(), expiresAt));
    }

    private Heartbeat heartbeat() {
        var answerWithin = random.nextBoolean() ? Duration.ofSeconds(10) : null;
        return new Heartbeat(Duration.ofSeconds(world.happens(3) ? 4 : 25), answerWithin);
    }

    private Wish wish() {
        var channel = world.anyChannel();
        return new Wish(channel, since(channel));
    }

    private @Nullable StreamPosition since(String channel) {
        return world.happens(3) ? null : world.memory.recall(new Channel(channel));
    }

    private void ask() {
        var conversation = anyConversation();
        if (conversation != null) {
            var batch = Stream.generate(this::request).limit(1 + random.nextInt(3)).toList();
            world.tell(() -> conversation.info() + " asks " + batch);
            conversation.ask(batch);
        }
    }

    private Request request() {
        return new Request(world.happens(10) ? null : "r" + ++requests, command());
    }

    private Command command() {
        var name = world.anyChannel();
        return switch (random.nextInt(10)) {
            case 0, 1 -> new Command.Subscribe(name, since(name));
            case 2, 3 -> new Command.Subscribe(name, since(name), options());
            case 4, 5 -> new Command.Unsubscribe(name);
            case 6 -> new Command.Publish(name, null, world.nextPayload());
            case 7 -> new Command.Presence(name);
            case 8 -> new Command.History(name, query(name));
            default -> new Command.Ping();
        };
    }

    private Options options() {
        TagsFilter filter =
                world.happens(2)
                        ? TagsFilter.EVERYTHING
                        : new TagsFilter.Text(World.TAG, Relation.EQUALS, world.any(World.KINDS));
        return new Options("", true, true, false, false, filter, !world.happens(4));
    }

    private HistoryQuery query(String name) {
        return new HistoryQuery(since(name), random.nextInt(8), random.nextBoolean());
    }

    private void cut() {
        var conversation = anyConversation();
        if (conversation != null) {
            world.tell(() -> conversation.info() + " goes away");
            conversation.cut();
        }
    }

    private void slowDownOrReadOn() {
        var conversation = anyConversation();
        if (conversation != null) {
            boolean reading = !conversation.isReading();
            world.tell(() -> conversation.info() + (reading ? " reads on" : " stops reading"));
            conversation.setReading(reading);
        }
    }

    private @Nullable Conversation anyConversation() {
        var current = current();
        return current.isEmpty() ? null : world.any(current);
    }

    private List<Conversation> current() {
        return world.conversations.stream().filter(each -> !each.isOver()).toList();
    }

    private void wait(Duration time) {
        world.tell(() -> "wait " + time);
        world.scheduler.advance(time);
        world.engine.expire();
        world.nodes.forEach(Node::sweep);
    }

    /** Lets everything finish that has begun, and sees that all is well. */
    private void comeToRest() {
        world.tell(() -> "all come to rest");
        world.setCalm(true);
        world.scheduler.settle();
        if (world.nodes.stream().anyMatch(node -> node.broker().isBad())) {
            backend.revealLosses();
            world.scheduler.settle();
        }
        world.conversations.forEach(Conversation::expectNotSlow);
        world.conversations.forEach(conversation -> conversation.setReading(true));
        world.scheduler.settle();
        world.nodes.forEach(Node::sweep);
        world.scheduler.settle();
        world.rethrow();
        world.conversations.forEach(Conversation::expectInOrder);
        World.NAMES.stream().filter(World::hasPresence).forEach(this::expectPresence);
        world.setCalm(false);
    }

    private void expectPresence(String name) {
        var channel = new Channel(name);
        var members = world.presence.members(channel).toCompletableFuture().resultNow().keySet();
        var there =
                world.conversations.stream()
                        .filter(each -> each.isLive() && each.client().channels().contains(channel))
                        .map(each -> each.info().client())
                        .collect(Collectors.toSet());
        unless(members.equals(there), "%s: members %s, subscribers %s", name, members, there);
    }

    /** All go, or are sent away: nothing may be left of them. */
    private void end() {
        if (random.nextBoolean()) {
            world.tell(() -> "shut down");
            world.nodes.forEach(Node::shutDown);
            world.scheduler.settle();
            world.conversations.forEach(
                    each -> unless(each.isOver(), "%s has survived", each.info()));
        }
        world.conversations.forEach(Conversation::cut);
        world.scheduler.settle();
        world.rethrow();
        world.nodes.forEach(Node::expectEmpty);
        unless(world.presence.size() == 0, "%d channels have members", world.presence.size());
        world.encoders.forEach(encoder -> unless(encoder.open() == 0, "a frame is not closed"));
    }
}
