package dev.fanfare.check.judge;

import static java.util.stream.Collectors.groupingBy;

import dev.fanfare.check.history.Command;
import dev.fanfare.check.history.Entry;
import dev.fanfare.check.history.Presence;
import dev.fanfare.check.history.Run;
import dev.fanfare.check.history.Run.ChannelRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A recording, sorted by what belongs together.
 *
 * @param messages by channel
 * @param orders user commands
 * @param astray what was heard with no subscription for it
 */
record Evidence(
        Run run,
        Map<String, Messages> messages,
        Clients clients,
        List<Order> orders,
        List<Seen<Presence.Read>> reads,
        Faults faults,
        List<Entry> astray) {

    private static final long MICROS_PER_MILLI = 1_000;

    /** Faults that ended so long before a story are still part of it. */
    private static final long SHADOW = 2_000_000;

    /**
     * Those of one channel.
     *
     * @param bySent by the number of the entry that they were first sent with
     */
    record Messages(Map<String, Message> byName, NavigableMap<Long, Message> bySent) {
        static Messages none() {
            return new Messages(new LinkedHashMap<>(), new TreeMap<>());
        }
    }

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
        return of(channel).byName();
    }

    /** Of the channel, sent after one place in the order and before a time. */
    Stream<Message> messages(String channel, long after, long before) {
        return of(channel).bySent().tailMap(after, false).values().stream()
                .takeWhile(message -> message.firstSent().time() < before);
    }

    private Messages of(String channel) {
        return messages.getOrDefault(channel, Messages.none());
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
