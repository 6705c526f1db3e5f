package dev.fanfare.check.judge;

import dev.fanfare.check.history.Command;
import dev.fanfare.check.history.Connection;
import dev.fanfare.check.history.Entry;
import dev.fanfare.check.history.Fault;
import dev.fanfare.check.history.Presence;
import dev.fanfare.check.history.Publish;
import dev.fanfare.check.history.Recording;
import dev.fanfare.check.history.Subscription;
import dev.fanfare.check.judge.Evidence.Clients;
import dev.fanfare.check.judge.Evidence.Messages;
import dev.fanfare.check.judge.Evidence.Order;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sorts a recording. One is used for one recording. */
final class EvidenceReader {
    private final Recording recording;
    private final Map<String, Messages> messages = new HashMap<>();
    private final Map<Long, Message> attempts = new HashMap<>();
    private final Map<String, Link> links = new LinkedHashMap<>();
    private final Map<Long, Seen<Command.Sent>> commands = new LinkedHashMap<>();
    private final Map<Long, Entry> carriedOut = new HashMap<>();
    private final List<Seen<Presence.Read>> reads = new ArrayList<>();
    private final Map<Long, Seen<Fault.Began>> faults = new LinkedHashMap<>();
    private final Map<Long, Entry> faultEnds = new HashMap<>();
    private final List<Entry> astray = new ArrayList<>();

    private EvidenceReader(Recording recording) {
        this.recording = recording;
    }

    /**
     * @throws IllegalArgumentException where an entry speaks of what the recording does not know
     */
    static Evidence read(Recording recording) {
        var reader = new EvidenceReader(recording);
        recording.entries().forEach(reader::read);
        return reader.evidence();
    }

    private Evidence evidence() {
        var entries = recording.entries();
        long end = entries.isEmpty() ? 0 : entries.getLast().time();
        var spans =
                faults.entrySet().stream()
                        .map(fault -> new Span(fault.getValue(), faultEnds.get(fault.getKey())))
                        .toList();
        var orders =
                commands.entrySet().stream()
                        .map(sent -> new Order(sent.getValue(), carriedOut.get(sent.getKey())))
                        .toList();
        return new Evidence(
                recording.run(),
                messages,
                Clients.of(List.copyOf(links.values())),
                orders,
                reads,
                new Faults(spans, end),
                astray);
    }

    private void read(Entry entry) {
        switch (entry.fact()) {
            case Publish publish -> readPublish(entry, publish);
            case Connection connection -> readConnection(entry, connection);
            case Subscription subscription -> readSubscription(entry, subscription);
            case Presence presence -> readPresence(entry, presence);
            case Command command -> readCommand(entry, command);
            case Fault.Began began -> faults.put(began.fault(), new Seen<>(entry, began));
            case Fault.Ended ended -> faultEnds.put(ended.fault(), entry);
        }
    }

    private void readPublish(Entry entry, Publish publish) {
        switch (publish) {
            case Publish.Sent sent -> {
                var message = message(sent);
                message.send(new Seen<>(entry, sent));
                of(sent).bySent().putIfAbsent(message.firstSent().number(), message);
                attempts.put(sent.attempt(), message);
            }
            case Publish.Acknowledged acknowledged ->
                    attempt(entry, acknowledged).acknowledge(new Seen<>(entry, acknowledged));
            case Publish.Refused refused -> attempt(entry, refused).refuse();
            case Publish.Unknown unknown -> attempt(entry, unknown);
        }
    }

    private Message message(Publish.Sent sent) {
        return of(sent).byName().computeIfAbsent(sent.message(), name -> new Message());
    }

    private Messages of(Publish.Sent sent) {
        return messages.computeIfAbsent(sent.channel(), name -> Messages.none());
    }

    private Message attempt(Entry entry, Publish publish) {
        return known(entry, "attempt " + publish.attempt(), attempts.get(publish.attempt()));
    }

    private void readConnection(Entry entry, Connection connection) {
        switch (connection) {
            case Connection.Opened opened ->
                    links.put(opened.connection(), new Link(new Seen<>(entry, opened)));
            case Connection.Ended ended ->
                    link(entry, ended.connection()).end(entry, ended.byClient());
        }
    }

    private Link link(Entry entry, String connection) {
        return known(entry, "connection " + connection, links.get(connection));
    }

    private void readSubscription(Entry entry, Subscription subscription) {
        var link = link(entry, subscription.connection());
        var stretch = link.latest(subscription.channel());
        switch (subscription) {
            case Subscription.Began began -> link.add(new Stretch(link, new Seen<>(entry, began)));
            case Subscription.Received _, Subscription.GapTold _ -> {
                if (stretch == null || (stretch.ended() != null && !stretch.wasEndedByClient())) {
                    astray.add(entry);
                } else if (stretch.ended() == null) {
                    stretch.hear(new Seen<>(entry, subscription));
                }
            }
            case Subscription.Ended ended ->
                    known(entry, "subscription of " + ended.channel(), stretch)
                            .end(entry, ended.byClient());
        }
    }

    private void readPresence(Entry entry, Presence presence) {
        switch (presence) {
            case Presence.Read read -> reads.add(new Seen<>(entry, read));
            case Presence.Joined joined -> hearMember(entry, joined.connection(), joined);
            case Presence.Left left -> hearMember(entry, left.connection(), left);
        }
    }

    private void hearMember(Entry entry, String connection, Presence presence) {
        var stretch = link(entry, connection).latest(presence.channel());
        if (stretch != null && stretch.ended() == null) {
            stretch.hearMember(new Seen<>(entry, presence));
        }
    }

    private void readCommand(Entry entry, Command command) {
        switch (command) {
            case Command.Sent sent -> {
                commands.put(sent.command(), new Seen<>(entry, sent));
                if (sent.kind() == Command.Kind.UNSUBSCRIBE) {
                    perhapsEnd(entry, sent);
                }
            }
            case Command.Acknowledged done -> carriedOut.put(done.command(), entry);
            case Command.Failed _ -> {}
        }
    }

    /** Not every protocol tells a client that it has been unsubscribed. */
    private void perhapsEnd(Entry entry, Command.Sent sent) {
        links.values().stream()
                .filter(link -> link.user().equals(sent.user()))
                .map(link -> link.latest(String.valueOf(sent.channel())))
                .forEach(
                        stretch -> {
                            if (stretch != null) {
                                stretch.perhapsEnd(entry.time());
                            }
                        });
    }

    private static <T> T known(Entry entry, String what, @Nullable T found) {
        if (found == null) {
            throw new IllegalArgumentException(
                    "entry %d: %s (expected: one that was told of before)"
                            .formatted(entry.number(), what));
        }
        return found;
    }
}
