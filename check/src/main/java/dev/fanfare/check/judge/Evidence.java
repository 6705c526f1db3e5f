package dev.fanfare.check.judge;

import static java.util.stream.Collectors.groupingBy;

import dev.fanfare.check.history.Command;
import dev.fanfare.check.history.Entry;
import dev.fanfare.check.history.Presence;
import dev.fanfare.check.history.Run;
import dev.fanfare.check.history.Run.ChannelRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A recording, sorted by what belongs together.
 *
 * @param messages by channel and name
 * @param orders user commands
 * @param astray what was heard with no subscription for it
 */
record Evidence(
        Run run,
        Map<String, Map<String, Message>> messages,
        Clients clients,
        List<Order> orders,
        List<Seen<Presence.Read>> reads,
        Faults faults,
        List<Entry> astray) {

    private static final long MICROS_PER_MILLI = 1_000;

    /** Faults that ended so long before a story are still part of it. */
    private static final long SHADOW = 2_000_000;

    /**
     * Those who listen.
     *
     * @param stretches of all of them, by channel
     */
    record Clients(List<Link> links, Map<String, List<Stretch>> stretches) {
        static Clients of(List<Link> links) {
            return new Clients(
                    links,
                    links.stream()
                            .flatMap(link -> link.stretches().stream())
                            .collect(groupingBy(Stretch::channel)));
        }
    }

    /**
     * A user command.
     *
     * @param acknowledged null: it was not
     */
    record Order(Seen<Command.Sent> sent, @Nullable Entry acknowledged) {}

    ChannelRules rules(String channel) {
        return run.channels().stream()
                .filter(rules -> rules.name().equals(channel))
                .findAny()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "channel: %s (expected: one of the run's)"
                                                .formatted(channel)));
    }

    /** Of the channel, by name. */
    Map<String, Message> messages(String channel) {
        return messages.getOrDefault(channel, Map.of());
    }

    /** One that was published. */
    Message message(String channel, String name) {
        return Objects.requireNonNull(messages(channel).get(name));
    }

    List<Link> links() {
        return clients.links();
    }

    Stream<Stretch> stretches() {
        return links().stream().flatMap(link -> link.stretches().stream());
    }

    List<Stretch> stretches(String channel) {
        return clients.stretches().getOrDefault(channel, List.of());
    }

    /** In microseconds. */
    long deliveryPromise() {
        return run.promises().delivery() * MICROS_PER_MILLI;
    }

    /** In microseconds. */
    long presencePromise() {
        return run.promises().presence() * MICROS_PER_MILLI;
    }

    /** Whether Redis forgot the message's key between two attempts, before this place. */
    boolean mayBeTwice(Message message, long number) {
        return message.wasTriedAgain()
                && faults.mayHaveLostData(message.firstSent().number(), number);
    }

    /** From when on everything from before has been delivered. */
    long settled(long time) {
        return faults.settled(time, deliveryPromise());
    }

    /** With the faults near it. */
    Violation violation(Rule rule, String what, Collection<Entry> entries) {
        var story = new TreeMap<Long, Entry>();
        entries.forEach(entry -> story.put(entry.number(), entry));
        if (!story.isEmpty()) {
            long from = story.firstEntry().getValue().time() - SHADOW;
            long to = story.lastEntry().getValue().time();
            faults.near(from, to).forEach(entry -> story.put(entry.number(), entry));
        }
        return new Violation(rule, what, new ArrayList<>(story.values()));
    }
}
