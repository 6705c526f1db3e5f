package dev.fanfare.check.judge;

import static dev.fanfare.check.judge.Play.NEWS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.check.history.Connection;
import dev.fanfare.check.history.Entry;
import dev.fanfare.check.history.Fact;
import dev.fanfare.check.history.Publish;
import dev.fanfare.check.history.Recording;
import dev.fanfare.check.history.Subscription;
import dev.fanfare.check.history.Subscription.Received;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * A recording of a server that keeps its promises is accepted; with one delivery of it changed, the
 * judge says which promise was broken, and to whom.
 */
class LiesTest {
    private static final int TRIES = 200;
    private static final int STEPS = 300;

    @Property(tries = TRIES)
    void acceptsTheTruth(@ForAll long seed) {
        assertThat(verdict(truth(seed))).isEmpty();
    }

    @Property(tries = TRIES)
    void seesThatADeliveryIsDropped(@ForAll long seed, @ForAll @IntRange(max = 999) int choice) {
        var facts = truth(seed);
        int place = choose(facts, choice);
        Assume.that(isMissed(facts, place));

        var heard = (Received) facts.remove(place);

        assertOneLie(facts, Rule.NOTHING_LOST, heard);
    }

    @Property(tries = TRIES)
    void seesThatADeliveryIsRepeated(@ForAll long seed, @ForAll @IntRange(max = 999) int choice) {
        var facts = truth(seed);
        int place = choose(facts, choice);
        var heard = (Received) facts.get(place);

        facts.add(place + 1, heard);

        assertOneLie(facts, Rule.NOTHING_TWICE, heard);
    }

    @Property(tries = TRIES)
    void seesThatTwoDeliveriesAreSwapped(
            @ForAll long seed, @ForAll @IntRange(max = 999) int choice) {
        var facts = truth(seed);
        int place = choose(facts, choice);
        int next = next(facts, place);
        Assume.that(isOrdered(facts, place) && isOrdered(facts, next));
        var heard = (Received) facts.get(place);

        facts.add(next + 1, heard);
        facts.remove(place);

        assertOneLie(facts, Rule.ORDER, heard);
    }

    @Property(tries = TRIES)
    void seesThatADeliveryIsAnotherMessage(
            @ForAll long seed, @ForAll @IntRange(max = 999) int choice) {
        var facts = truth(seed);
        int place = choose(facts, choice);
        int earlier = choose(facts, choice / 2);
        var heard = (Received) facts.get(place);
        var other = (Received) facts.get(earlier);
        Assume.that(heard.position() != null && isAcknowledged(facts, heard));
        Assume.that(earlier < place && isAcknowledged(facts, other));
        Assume.that(other.channel().equals(NEWS));
        Assume.that(!other.message().equals(heard.message()));

        facts.set(place, with(heard, other.message()));

        assertOneLie(facts, Rule.PLACES, heard);
    }

    @Property(tries = TRIES)
    void seesThatADeliveryIsMadeUp(@ForAll long seed, @ForAll @IntRange(max = 999) int choice) {
        var facts = truth(seed);
        int place = choose(facts, choice);
        var heard = (Received) facts.get(place);
        Assume.that(heard.position() != null && isAcknowledged(facts, heard));

        facts.set(place, with(heard, "made up"));

        assertOneLie(facts, Rule.PUBLISHED, heard);
    }

    private static List<Fact> truth(long seed) {
        return new ArrayList<>(
                Model.play(seed, STEPS).recording().entries().stream().map(Entry::fact).toList());
    }

    private static Received with(Received heard, String message) {
        return new Received(
                heard.connection(), heard.channel(), message, heard.position(), heard.id());
    }

    /** One of the deliveries. */
    private static int choose(List<Fact> facts, int choice) {
        var places =
                IntStream.range(0, facts.size())
                        .filter(place -> facts.get(place) instanceof Received)
                        .toArray();
        Assume.that(places.length > 0);
        return places[choice % places.length];
    }

    /** The next thing its subscription hears, or its end; -1: nothing. */
    private static int next(List<Fact> facts, int place) {
        var heard = (Received) facts.get(place);
        return IntStream.range(place + 1, facts.size())
                .filter(
                        next ->
                                switch (facts.get(next)) {
                                    case Subscription other ->
                                            other.connection().equals(heard.connection());
                                    case Connection other ->
                                            other.connection().equals(heard.connection());
                                    default -> false;
                                })
                .findFirst()
                .orElse(-1);
    }

    /** Whether the delivery has to be there: nothing tells the client of a loss, or ends it. */
    private static boolean isMissed(List<Fact> facts, int place) {
        var heard = (Received) facts.get(place);
        boolean isKept = heard.channel().equals(NEWS);
        if (!isAcknowledged(facts, heard) || (!isKept && wasToldOfAGap(facts, place, heard))) {
            return false;
        }
        int next = next(facts, place);
        while (!isKept && next >= 0 && facts.get(next) instanceof Received) {
            next = next(facts, next);
        }
        return next < 0 || (isKept && isOrdered(facts, next));
    }

    /** Whether it was sent when a gap was still to be told, which can be meant for it. */
    private static boolean wasToldOfAGap(List<Fact> facts, int place, Received heard) {
        int sent = facts.indexOf(sent(facts, heard));
        return facts.subList(sent, place).stream()
                .anyMatch(
                        fact ->
                                fact instanceof Subscription.GapTold gap
                                        && gap.connection().equals(heard.connection()));
    }

    /** Whether the judge can know where it belongs. */
    private static boolean isOrdered(List<Fact> facts, int place) {
        return place >= 0
                && facts.get(place) instanceof Received heard
                && isAcknowledged(facts, heard);
    }

    private static boolean isAcknowledged(List<Fact> facts, Received heard) {
        long attempt = sent(facts, heard).attempt();
        return facts.stream()
                .anyMatch(
                        fact ->
                                fact instanceof Publish.Acknowledged done
                                        && done.attempt() == attempt);
    }

    private static Publish.Sent sent(List<Fact> facts, Received heard) {
        return facts.stream()
                .filter(fact -> fact instanceof Publish.Sent)
                .map(fact -> (Publish.Sent) fact)
                .filter(sent -> sent.message().equals(heard.message()))
                .findFirst()
                .orElseThrow();
    }

    private static void assertOneLie(List<Fact> facts, Rule rule, Received heard) {
        assertThat(verdict(facts))
                .singleElement()
                .satisfies(
                        violation -> {
                            assertThat(violation.rule()).isEqualTo(rule);
                            assertThat(violation.story())
                                    .map(Entry::fact)
                                    .anyMatch(fact -> speaksOf(fact, heard.connection()));
                        });
    }

    private static boolean speaksOf(Fact fact, String connection) {
        return fact instanceof Subscription subscription
                && Objects.equals(subscription.connection(), connection);
    }

    /** Of what happened in this order, a millisecond after another, and a long silence. */
    private static List<Violation> verdict(List<Fact> facts) {
        var play = new Play();
        facts.forEach(play::say);
        var run = play.pause(10 * Play.SECOND).connect("whoever comes last").recording();
        return Judge.judge(new Recording(run.run(), run.entries())).violations();
    }
}
