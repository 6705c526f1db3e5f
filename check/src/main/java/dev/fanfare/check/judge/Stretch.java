package dev.fanfare.check.judge;

import dev.fanfare.check.history.Entry;
import dev.fanfare.check.history.Presence;
import dev.fanfare.check.history.Subscription;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one connection heard on one channel, from the beginning of a subscription to its end. Filled
 * while a recording is read.
 */
final class Stretch {
    private final Link link;
    private final Seen<Subscription.Began> began;
    private final List<Seen<Subscription>> heard = new ArrayList<>();
    private final List<Seen<Presence>> members = new ArrayList<>(0);
    private @Nullable Entry ended;
    private boolean endedByClient;
    private long perhapsEnded = Long.MAX_VALUE;

    Stretch(Link link, Seen<Subscription.Began> began) {
        this.link = link;
        this.began = began;
    }

    void hear(Seen<Subscription> message) {
        heard.add(message);
    }

    void hearMember(Seen<Presence> member) {
        members.add(member);
    }

    /** The first end counts. */
    void end(Entry end, boolean byClient) {
        if (ended == null) {
            ended = end;
            endedByClient = byClient;
        }
    }

    /** Somebody wanted it ended, and the client might not hear of it. */
    void perhapsEnd(long time) {
        if (ended == null) {
            perhapsEnded = Math.min(perhapsEnded, time);
        }
    }

    Link link() {
        return link;
    }

    Seen<Subscription.Began> began() {
        return began;
    }

    String channel() {
        return began.fact().channel();
    }

    /** Publications and gaps, in order. */
    List<Seen<Subscription>> heard() {
        return heard;
    }

    /** Who came and went, in order. */
    List<Seen<Presence>> members() {
        return members;
    }

    /** Null: it is there when the recording ends. */
    @Nullable Entry ended() {
        return ended;
    }

    /** In microseconds; after everything while it is there. */
    long endTime() {
        return ended == null ? Long.MAX_VALUE : ended.time();
    }

    /** Until when it was there for sure. */
    long certainUntil() {
        return Math.min(perhapsEnded, endTime());
    }

    /** Whether what comes after the end may be on its way still. */
    boolean wasEndedByClient() {
        return endedByClient;
    }

    /** That its client is connected to. */
    String node() {
        return link.opened().fact().node();
    }

    /** For people. */
    String subscriber() {
        return link.name();
    }
}
