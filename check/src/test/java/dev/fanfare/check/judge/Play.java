package dev.fanfare.check.judge;

import dev.fanfare.check.history.Command;
import dev.fanfare.check.history.Connection;
import dev.fanfare.check.history.Entry;
import dev.fanfare.check.history.Fact;
import dev.fanfare.check.history.Fault;
import dev.fanfare.check.history.Position;
import dev.fanfare.check.history.Presence;
import dev.fanfare.check.history.Publish;
import dev.fanfare.check.history.Recording;
import dev.fanfare.check.history.Run;
import dev.fanfare.check.history.Run.ChannelRules;
import dev.fanfare.check.history.Run.Promises;
import dev.fanfare.check.history.Subscription;
import dev.fanfare.check.history.Subscription.Recovery;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A recording, written by hand. One millisecond passes with each entry; delivery is promised within
 * a second, presence within three.
 */
final class Play {
    /** Keeps ten publications for a minute, and knows its members. */
    static final String NEWS = "news";

    /** Keeps nothing. */
    static final String CHAT = "chat";

    static final long SECOND = 1_000;
    private static final String NODE = "node-1";

    private final List<Entry> entries = new ArrayList<>();
    private long time;
    private long ids;

    static Position at(long offset) {
        return at("e", offset);
    }

    static Position at(String epoch, long offset) {
        return new Position(epoch, offset);
    }

    Play say(Fact fact) {
        time++;
        entries.add(new Entry(entries.size() + 1L, time * 1_000, fact));
        return this;
    }

    Play pause(long millis) {
        time += millis;
        return this;
    }

    /** The attempt. */
    long send(String channel, String message, @Nullable String key) {
        ids++;
        say(new Publish.Sent(ids, "publisher", NODE, channel, message, key));
        return ids;
    }

    Play acknowledge(long attempt, @Nullable Position position) {
        return say(new Publish.Acknowledged(attempt, position));
    }

    /** On the channel with history. */
    Play publish(String message, Position position) {
        return acknowledge(send(NEWS, message, null), position);
    }

    /** On the channel without. */
    Play chat(String message) {
        return acknowledge(send(CHAT, message, null), null);
    }

    /** A connection of a user of this name, with this id. */
    Play connect(String name) {
        return say(new Connection.Opened(name, name, name, "websocket", NODE, name));
    }

    Play disconnect(String name) {
        return say(new Connection.Ended(name, true, 0, "enough"));
    }

    Play cut(String name) {
        return say(new Connection.Ended(name, false, 0, "lost"));
    }

    Play subscribe(String name, String channel, @Nullable Position position) {
        return began(name, channel, null, position, Recovery.NOT_ASKED);
    }

    Play recover(String name, Position since, @Nullable Position position, Recovery recovery) {
        return began(name, NEWS, since, position, recovery);
    }

    private Play began(
            String name,
            String channel,
            @Nullable Position since,
            @Nullable Position position,
            Recovery recovery) {
        return say(new Subscription.Began(name, channel, since, position, recovery, true, true));
    }

    Play unsubscribe(String name, String channel) {
        return say(new Subscription.Ended(name, channel, true, 0));
    }

    Play hear(String name, String message, Position position) {
        return say(new Subscription.Received(name, NEWS, message, position, null));
    }

    Play hear(String name, String channel, String message) {
        return say(new Subscription.Received(name, channel, message, null, null));
    }

    Play gap(String name, String channel, @Nullable Position position) {
        return say(new Subscription.GapTold(name, channel, position));
    }

    Play fault(Fault.Kind kind) {
        ids++;
        return say(new Fault.Began(ids, kind, NODE)).say(new Fault.Ended(ids));
    }

    /** Who is on the channel with history. */
    Play members(String... names) {
        var members = Stream.of(names).map(Play::member).toList();
        return say(new Presence.Read(NODE, NEWS, members, time * 1_000));
    }

    static Presence.Member member(String name) {
        return new Presence.Member(name, name);
    }

    /** Acknowledged at once. */
    Play command(Command.Kind kind, String user, @Nullable String channel) {
        ids++;
        return say(new Command.Sent(ids, kind, user, channel, NODE))
                .say(new Command.Acknowledged(ids));
    }

    Recording recording() {
        var run =
                new Run(
                        1,
                        List.of(
                                new ChannelRules(NEWS, 10, 60_000, true, true),
                                new ChannelRules(CHAT, 0, 0, false, false)),
                        new Promises(SECOND, 3 * SECOND));
        return new Recording(run, entries);
    }

    /** What the judge says of it, when there is nothing to wait for any more. */
    List<Rule> broken() {
        pause(10 * SECOND).connect("whoever comes last");
        return Judge.judge(recording()).violations().stream().map(Violation::rule).toList();
    }
}
