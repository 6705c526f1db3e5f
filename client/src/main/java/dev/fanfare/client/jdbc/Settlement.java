package dev.fanfare.client.jdbc;

import dev.fanfare.client.jdbc.Ended.Outcome.Delivered;
import dev.fanfare.client.jdbc.Ended.Outcome.Hopeless;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes into the table what is over. An entry that the table does not let go of is tried again
 * from time to time, and holds up no other. On the relay's thread only.
 */
final class Settlement {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final OutboxTable table;

    /** Over, but the table does not say so yet. */
    private final List<Ended> unsettled = new ArrayList<>();

    /** Those that the table did not let go of. */
    private final List<Ended> stuck = new ArrayList<>();

    private long nextAttempt = System.nanoTime();

    Settlement(OutboxTable table) {
        this.table = table;
    }

    void add(Ended ended) {
        unsettled.add(ended);
    }

    /**
     * @return what the table knows now
     * @throws SQLException where the database cannot be used; nothing is settled then
     */
    List<Ended> settle() throws SQLException {
        if (!stuck.isEmpty() && System.nanoTime() - nextAttempt >= 0) {
            unsettled.addAll(stuck);
            stuck.clear();
        }
        var settled = deleteTogether() ? others() : List.copyOf(unsettled);
        var known = new ArrayList<>(unsettled);
        var refused = new ArrayList<Ended>();
        for (var each : settled) {
            if (!write(each)) {
                refused.add(each);
            }
        }
        known.removeAll(refused);
        stuck.addAll(refused);
        unsettled.clear();
        return known;
    }

    private List<Ended> others() {
        return unsettled.stream().filter(each -> !(each.outcome() instanceof Delivered)).toList();
    }

    /** As long as nothing is wrong with any of them. */
    private boolean deleteTogether() throws SQLException {
        var delivered =
                unsettled.stream()
                        .filter(each -> each.outcome() instanceof Delivered)
                        .map(Ended::entry)
                        .toList();
        try {
            if (!delivered.isEmpty()) {
                table.delete(delivered);
            }
            return true;
        } catch (SQLException e) {
            requireDatabase(e);
            return false;
        }
    }

    private boolean write(Ended each) throws SQLException {
        try {
            var outcome = each.outcome();
            if (outcome instanceof Delivered) {
                table.delete(List.of(each.entry()));
            } else if (outcome instanceof Hopeless hopeless) {
                table.park(each.entry(), hopeless.reason());
            }
            return true;
        } catch (SQLException e) {
            requireDatabase(e);
            nextAttempt = System.nanoTime() + PAUSE.toNanos();
            var id = each.entry().eventId();
            LOG.error("Event {} cannot be settled, tried again: {}", id, e.getMessage());
            return false;
        }
    }

    /** Not an entry is the trouble, but the database, or the way to it. */
    private static void requireDatabase(SQLException trouble) throws SQLException {
        var state = trouble.getSQLState();
        if (state == null
                || trouble instanceof SQLTransientConnectionException
                || state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57")
                || state.startsWith("90")) { // H2's own: closed, out of memory
            throw trouble;
        }
    }
}
