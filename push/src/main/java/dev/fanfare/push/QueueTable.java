package dev.fanfare.push;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The rows of the queue, within the caller's transaction. A row that is claimed is nobody else's
 * until the claim is over; the database's clock says when that is, for all nodes.
 */
final class QueueTable {
    private static final String CLAIM =
            "update push_notification set send_at = :until, attempts = attempts + 1"
                    + " where id = :id";

    /** How many rows there are, and how old the oldest is that is to be sent. */
    record State(long waiting, Duration oldest, long unconfirmed) {}

    private QueueTable() {}

    static OffsetDateTime now(Handle handle) {
        return handle.createQuery("select current_timestamp").mapTo(OffsetDateTime.class).one();
    }

    /** Takes out what is too old to be sent. What is under way is not. */
    static int expire(Handle transaction, Duration age) {
        var now = now(transaction);
        return transaction.execute(
                "delete from push_notification where send_at <= ? and created_at < ?",
                now,
                now.minus(age));
    }

    /** Takes out what nobody could tell the fate of for that long. */
    static int forget(Handle transaction, Duration age) {
        return transaction.execute(
                "delete from push_notification where receipt_at is not null and created_at < ?",
                now(transaction).minus(age));
    }

    /** What is to be sent now, oldest first: it is under way then. */
    static List<Entry> claim(Handle transaction, int most, Duration claim) {
        var now = now(transaction);
        var entries =
                transaction
                        .createQuery(
                                "select * from push_notification where send_at <= :now"
                                        + " order by send_at, id limit :most for update")
                        .bind("now", now)
                        .bind("most", most)
                        .map((row, context) -> entry(row))
                        .list();
        var until = now.plus(claim);
        var batch = transaction.prepareBatch(CLAIM);
        entries.forEach(entry -> batch.bind("until", until).bind("id", entry.id()).add());
        if (!entries.isEmpty()) {
            int[] _ = batch.execute();
        }
        return entries;
    }

    /** That they are still under way: nobody claims them for as long again. */
    static void renew(Handle transaction, Collection<Long> ids, Duration claim) {
        var until = now(transaction).plus(claim);
        var batch =
                transaction.prepareBatch(
                        "update push_notification set send_at = :until"
                                + " where id = :id and send_at is not null");
        ids.forEach(id -> batch.bind("until", until).bind("id", id).add());
        int[] _ = batch.execute();
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getLong("id"),
                row.getInt("attempts") + 1,
                row.getObject("created_at", OffsetDateTime.class),
                new Notification(
                        row.getString("token"),
                        row.getString("title"),
                        row.getString("body"),
                        row.getString("data")));
    }

    /** That it was sent, and where to ask what became of it, in one step. */
    static void sent(Handle transaction, long id, String ticket, OffsetDateTime receiptAt) {
        transaction.execute(
                "update push_notification set send_at = null, ticket = ?, receipt_at = ?"
                        + " where id = ?",
                ticket,
                receiptAt,
                id);
    }

    static void sendAgain(Handle transaction, long id, OffsetDateTime at) {
        transaction.execute(
                "update push_notification set send_at = ?, ticket = null, receipt_at = null"
                        + " where id = ?",
                at,
                id);
    }

    static void remove(Handle transaction, long id) {
        transaction.execute("delete from push_notification where id = ?", id);
    }

    /** Those whose receipts are to be fetched now. They are not asked for again for that long. */
    static List<Unconfirmed> unconfirmed(Handle transaction, int most, Duration pause) {
        var now = now(transaction);
        var rows =
                transaction
                        .createQuery(
                                "select * from push_notification where receipt_at <= :now"
                                        + " order by receipt_at, id limit :most for update")
                        .bind("now", now)
                        .bind("most", most)
                        .map((row, context) -> unconfirmed(row))
                        .list();
        var batch =
                transaction.prepareBatch(
                        "update push_notification set receipt_at = :at where id = :id");
        rows.forEach(row -> batch.bind("at", now.plus(pause)).bind("id", row.id()).add());
        if (!rows.isEmpty()) {
            int[] _ = batch.execute();
        }
        return rows;
    }

    private static Unconfirmed unconfirmed(ResultSet row) throws SQLException {
        return new Unconfirmed(
                row.getLong("id"),
                row.getInt("attempts"),
                row.getObject("created_at", OffsetDateTime.class),
                row.getString("token"),
                row.getString("ticket"));
    }

    static State state(Handle handle) {
        return handle.createQuery(
                        "select count(send_at) as waiting,"
                                + " min(created_at) filter (where send_at is not null) as oldest,"
                                + " count(receipt_at) as unconfirmed,"
                                + " current_timestamp as now from push_notification")
                .map((row, context) -> state(row))
                .one();
    }

    private static State state(ResultSet row) throws SQLException {
        var oldest = row.getObject("oldest", OffsetDateTime.class);
        var now = row.getObject("now", OffsetDateTime.class);
        var age = oldest == null ? Duration.ZERO : Duration.between(oldest, now);
        return new State(
                row.getLong("waiting"),
                age.isNegative() ? Duration.ZERO : age,
                row.getLong("unconfirmed"));
    }
}
