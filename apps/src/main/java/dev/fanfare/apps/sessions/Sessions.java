package dev.fanfare.apps.sessions;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Sessions and who is in them, within the caller's transaction. */
final class Sessions {
    private Sessions() {}

    /**
     * @return false where there is one with this id
     */
    static boolean add(Handle transaction, Session session) {
        int added =
                transaction.execute(
                        "insert into partner_session (id, created_at) values (?, ?)"
                                + " on conflict do nothing",
                        session.id(),
                        utc(session.createdAt()));
        if (added == 0) {
            return false;
        }
        for (var member : session.members()) {
            join(transaction, session.id(), member, session.createdAt());
        }
        return true;
    }

    static Optional<Session> find(Handle handle, String id) {
        return handle.createQuery("select created_at from partner_session where id = ?")
                .bind(0, id)
                .mapTo(OffsetDateTime.class)
                .findOne()
                .map(at -> new Session(id, members(handle, id), at.toInstant()));
    }

    /** For changes of who is in it: others that want to hold it wait until the transaction ends. */
    static Optional<Session> hold(Handle transaction, String id) {
        return transaction
                .createQuery("select created_at from partner_session where id = ? for update")
                .bind(0, id)
                .mapTo(OffsetDateTime.class)
                .findOne()
                .map(at -> new Session(id, members(transaction, id), at.toInstant()));
    }

    private static List<String> members(Handle handle, String id) {
        return handle.createQuery(
                        "select user_id from session_member where session_id = ?"
                                + " order by joined_at, user_id")
                .bind(0, id)
                .mapTo(String.class)
                .list();
    }

    /** Whoever is in stays in. */
    static void join(Handle transaction, String id, String user, Instant at) {
        transaction.execute(
                "insert into session_member (session_id, user_id, joined_at) values (?, ?, ?)"
                        + " on conflict do nothing",
                id,
                user,
                utc(at));
    }

    static void leave(Handle transaction, String id, String user) {
        transaction.execute(
                "delete from session_member where session_id = ? and user_id = ?", id, user);
    }

    /** The ids of those that the user is in, latest first. */
    static List<String> of(Handle handle, String user, int most) {
        return handle.createQuery(
                        "select session_id from session_member where user_id = ?"
                                + " order by joined_at desc, session_id limit ?")
                .bind(0, user)
                .bind(1, most)
                .mapTo(String.class)
                .list();
    }

    /**
     * Notes that the partner is nudged, unless that was so less than the interval ago. Of two at
     * once one waits for the other.
     *
     * @return until the next may be; empty: it is noted
     */
    static Optional<Duration> nudge(
            Handle transaction, String id, String partner, Instant at, Duration interval) {
        int first =
                transaction.execute(
                        "insert into session_nudge (session_id, partner_id, nudged_at)"
                                + " values (?, ?, ?) on conflict do nothing",
                        id,
                        partner,
                        utc(at));
        int noted =
                first == 1
                        ? 1
                        : transaction.execute(
                                "update session_nudge set nudged_at = ? where session_id = ?"
                                        + " and partner_id = ? and nudged_at <= ?",
                                utc(at),
                                id,
                                partner,
                                utc(at.minus(interval)));
        return noted == 1
                ? Optional.empty()
                : Optional.of(
                        Duration.between(at, nudgedAt(transaction, id, partner)).plus(interval));
    }

    private static Instant nudgedAt(Handle transaction, String id, String partner) {
        return transaction
                .createQuery(
                        "select nudged_at from session_nudge where session_id = ?"
                                + " and partner_id = ?")
                .bind(0, id)
                .bind(1, partner)
                .mapTo(OffsetDateTime.class)
                .one()
                .toInstant();
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
