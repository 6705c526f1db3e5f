package dev.fanfare.ably.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Channel;
import dev.fanfare.protocols.ably.Incoming;
import dev.fanfare.protocols.ably.Serials;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * Whatever happens, in whatever order: every subscriber hears each message once and in order, or is
 * told that something is missing, and from where it goes on.
 */
class ContinuityPropertyTest {
    private static final String NEWS = "news:1";

    enum What {
        PUBLISHED,
        LOST_BY_THE_BROKER,
        BROKER_COMES_BACK,
        LINE_DIES_AFTER,
        RESUMED,
        CONNECTED_ANEW,
        ATTACHED_AGAIN,
        DETACHED_AND_ATTACHED,
        LATE,
        ANSWERED,
        FORGOTTEN,
        ENTERED,
        LATER
    }

    /**
     * @param who of the subscribers
     * @param much of it
     */
    record Event(What what, int who, int much) {}

    @Provide
    Arbitrary<List<Event>> stories() {
        var often =
                Arbitraries.of(
                        What.PUBLISHED,
                        What.PUBLISHED,
                        What.LINE_DIES_AFTER,
                        What.RESUMED,
                        What.CONNECTED_ANEW,
                        What.LATER);
        var what = Arbitraries.oneOf(often, Arbitraries.of(What.class));
        return Combinators.combine(
                        what,
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(1, 7))
                .as(Event::new)
                .list()
                .ofMaxSize(40);
    }

    @Property(tries = 500)
    void everyMessageIsHeardOnceAndInOrderOrMissedKnowingly(
            @ForAll("stories") List<Event> story, @ForAll @IntRange(min = 1, max = 12) int kept) {
        var node = new ChannelNode(kept);
        var listeners = IntStream.range(0, 3).mapToObj(i -> new Listener(node)).toList();
        for (var event : story) {
            happen(node, listeners, event);
        }
        settle(node, listeners);
    }

    private static void happen(ChannelNode node, List<Listener> listeners, Event event) {
        var listener = listeners.get(event.who());
        switch (event.what()) {
            case PUBLISHED ->
                    IntStream.range(0, event.much())
                            .forEach(i -> node.publish(NEWS, "x", Audience.EVERYONE));
            case LOST_BY_THE_BROKER -> node.broker.lose(publication -> true);
            case BROKER_COMES_BACK -> node.broker.comeBack(new Channel(NEWS));
            case LINE_DIES_AFTER -> listener.line.dieAfter(event.much());
            case RESUMED -> listener.resume();
            case CONNECTED_ANEW -> listener.connectAnew();
            case ATTACHED_AGAIN -> listener.line.attachAgain(NEWS);
            case DETACHED_AND_ATTACHED -> listener.detachAndAttach();
            case LATE -> node.broker.beLate();
            case ANSWERED -> node.broker.answerAll();
            case FORGOTTEN -> node.removeHistory(NEWS);
            case ENTERED -> listener.line.enter(NEWS, null, "here");
            case LATER -> node.run();
        }
    }

    /** In the end all hear again, and have not missed anything that they do not know of. */
    private static void settle(ChannelNode node, List<Listener> listeners) {
        node.broker.comeBack(new Channel(NEWS));
        node.answerAll();
        listeners.forEach(Listener::resume);
        node.answerAll();
        node.publish(NEWS, "last");
        node.answerAll();
        var top = Serials.position(listeners.getFirst().line.serials.get(NEWS));
        for (var listener : listeners) {
            assertThat(listener.line.doubts).isEmpty();
            assertThat(Serials.position(listener.line.serials.get(NEWS))).isEqualTo(top);
            assertThat(listener.line.hears()).last().isEqualTo("news:1 last");
        }
    }

    /** What is sent again after the connection was continued is published once, and in order. */
    @Property(tries = 200)
    void everyMessageIsPublishedOnceAndInOrder(@ForAll("stories") List<Event> story) {
        var node = new ChannelNode(1_000);
        var watcher = node.line("watcher");
        watcher.attach(NEWS);
        var publisher = new Publisher(node);
        for (var event : story) {
            switch (event.what()) {
                case PUBLISHED, FORGOTTEN, ATTACHED_AGAIN -> publisher.publish(event.much());
                case LINE_DIES_AFTER -> publisher.line.dieAfter(event.much());
                case RESUMED, CONNECTED_ANEW, DETACHED_AND_ATTACHED -> publisher.resume();
                case LATE -> node.broker.beLate();
                case ANSWERED -> node.broker.answerAll();
                case LOST_BY_THE_BROKER, BROKER_COMES_BACK, ENTERED, LATER -> node.run();
            }
        }
        publisher.resume();
        node.answerAll();
        assertThat(publisher.unanswered()).isEmpty();
        assertThat(watcher.hears()).isEqualTo(publisher.all("attached news:1 psPS"));
    }

    /** A client that listens, through as many connections as it takes. */
    private static final class Listener {
        private final ChannelNode node;
        private FakeLine line;

        Listener(ChannelNode node) {
            this.node = node;
            line = node.line("ann");
            line.attach(NEWS);
        }

        void resume() {
            line.cut();
            line.comeBack();
            line.attachAgain(NEWS);
        }

        void connectAnew() {
            var before = line;
            before.cut();
            line = node.line("ann");
            line.continues(before);
            line.attachAgain(NEWS);
        }

        void detachAndAttach() {
            if (line.connected) {
                line.say(new Incoming.Detach(NEWS));
                line.attachAgain(NEWS);
            }
        }
    }

    /** A client that sends what has not been acknowledged again when it comes back. */
    private static final class Publisher {
        private final FakeLine line;
        private final ArrayDeque<Long> unanswered = new ArrayDeque<>();
        private long next;

        Publisher(ChannelNode node) {
            line = node.line("ann");
        }

        void publish(int count) {
            for (int i = 0; i < count; i++) {
                unanswered.add(next);
                send(next++);
            }
        }

        private void send(long number) {
            if (line.connected) {
                line.publish(number, NEWS, List.of(FakeLine.message(null, "m" + number, null)));
            }
        }

        void resume() {
            unanswered();
            line.cut();
            line.comeBack();
            List.copyOf(unanswered).forEach(this::send);
        }

        List<Long> unanswered() {
            for (var heard : line.hears()) {
                assertThat(heard).isEqualTo("ack " + unanswered.removeFirst());
            }
            return List.copyOf(unanswered);
        }

        List<String> all(String first) {
            var all = new ArrayList<>(List.of(first));
            for (long number = 0; number < next; number++) {
                all.add("news:1 m" + number);
            }
            return all;
        }
    }
}
