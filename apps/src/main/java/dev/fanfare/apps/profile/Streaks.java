package dev.fanfare.apps.profile;

import java.time.LocalDate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Users' streaks, within the caller's transaction. */
final class Streaks {
    private static final String SELECT =
            "select days, last_claimed_on from streak where user_id = :user";
    private static final RowMapper<Streak> STREAK =
            (row, context) ->
                    new Streak(
                            row.getInt("days"), row.getObject("last_claimed_on", LocalDate.class));

    Streak get(Handle transaction, long user) {
        return transaction
                .createQuery(SELECT)
                .bind("user", user)
                .map(STREAK)
                .findOne()
                .orElseGet(() -> new Streak(0, null));
    }

    /** Nobody else changes it until the transaction ends. */
    Streak lock(Handle transaction, long user) {
        transaction
                .createUpdate(
                        "insert into streak (user_id, days, last_claimed_on)"
                                + " values (:user, 0, null) on conflict do nothing")
                .bind("user", user)
                .execute();
        return transaction.createQuery(SELECT + " for update").bind("user", user).map(STREAK).one();
    }

    void keep(Handle transaction, long user, Streak streak) {
        transaction
                .createUpdate(
                        "update streak set days = :days, last_claimed_on = :day"
                                + " where user_id = :user")
                .bind("user", user)
                .bind("days", streak.days())
                .bind("day", streak.lastClaimed())
                .execute();
    }
}
