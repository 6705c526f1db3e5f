package dev.fanfare.check.judge;

import dev.fanfare.check.history.Connection;
import dev.fanfare.check.history.Entry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection of a client. Filled while a recording is read. */
final class Link {
    private final Seen<Connection.Opened> opened;
    private final List<Stretch> stretches = new ArrayList<>(1);
    private @Nullable Entry ended;

    Link(Seen<Connection.Opened> opened) {
        this.opened = opened;
    }

    void end(Entry end, boolean byClient) {
        if (ended == null) {
            ended = end;
            stretches.forEach(stretch -> stretch.end(end, byClient));
        }
    }

    void add(Stretch stretch) {
        stretches.add(stretch);
    }

    Seen<Connection.Opened> opened() {
        return opened;
    }

    String name() {
        return opened.fact().connection();
    }

    String user() {
        return opened.fact().user();
    }

    List<Stretch> stretches() {
        return stretches;
    }

    /** In microseconds; after everything while it is there. */
    long endTime() {
        return ended == null ? Long.MAX_VALUE : ended.time();
    }

    /** The last subscription of the channel; null: there was none. */
    @Nullable Stretch latest(String channel) {
        for (var stretch : stretches.reversed()) {
            if (stretch.channel().equals(channel)) {
                return stretch;
            }
        }
        return null;
    }
}
