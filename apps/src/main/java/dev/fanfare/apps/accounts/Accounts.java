package dev.fanfare.apps.accounts;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Accounts as the database has them, within the caller's transaction. */
public final class Accounts {
    /**
     * @param passwordHash as {@link Passwords} made it
     */
    record Known(Account account, String passwordHash) {
        /** Without the hash. */
        @Override
        public String toString() {
            return "Known[" + account + "]";
        }
    }

    /**
     * @return empty where somebody has the name already
     */
    public Optional<Account> create(
            Handle transaction, Username username, String passwordHash, Role role) {
        return transaction
                .createUpdate(
                        "insert into account (username, username_key, password_hash, role)"
                                + " values (:username, :key, :hash, :role) on conflict do nothing")
                .bind("username", username.text())
                .bind("key", username.key())
                .bind("hash", passwordHash)
                .bind("role", role.word())
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .findOne()
                .map(id -> new Account(id, username, role));
    }

    /** Whether somebody signs in with this id. */
    public boolean exists(Handle handle, long id) {
        return handle.createQuery("select count(*) from account where id = :id")
                        .bind("id", id)
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    boolean isTaken(Handle handle, Username username) {
        return find(handle, username.key()).isPresent();
    }

    Optional<Known> find(Handle handle, String key) {
        return handle.createQuery(
                        "select id, username, role, password_hash from account"
                                + " where username_key = :key")
                .bind("key", key)
                .map(
                        (row, context) ->
                                new Known(
                                        new Account(
                                                row.getLong("id"),
                                                new Username(row.getString("username")),
                                                Role.of(row.getString("role"))),
                                        row.getString("password_hash")))
                .findOne();
    }
}
