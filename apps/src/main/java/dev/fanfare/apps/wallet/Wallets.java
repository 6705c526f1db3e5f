package dev.fanfare.apps.wallet;

import dev.fanfare.apps.web.Refused;
import org.jdbi.v3.core.Handle;

/**
 * Balances in cents, within the caller's transaction. A wallet opens on its user's first use of it;
 * what changes a balance holds the wallet's row until the transaction ends, so changes of one
 * wallet come one after the other.
 */
public final class Wallets {
    /** The largest balance; far from where JSON's readers begin to round. */
    public static final long MOST_CENTS = 1_000_000_000_000_000L;

    private final long startingBalance;

    /**
     * @param startingBalance of a new wallet, in cents
     */
    public Wallets(long startingBalance) {
        this.startingBalance = startingBalance;
    }

    public long balance(Handle transaction, long user) {
        open(transaction, user);
        return read(transaction, user);
    }

    private static long read(Handle transaction, long user) {
        return transaction
                .createQuery("select balance_cents from wallet where user_id = :user")
                .bind("user", user)
                .mapTo(Long.class)
                .one();
    }

    /**
     * @return the balance that is left
     * @throws Refused where there is less in it
     */
    public long spend(Handle transaction, long user, long cents) {
        requirePositive(cents);
        open(transaction, user);
        int changed =
                transaction
                        .createUpdate(
                                "update wallet set balance_cents = balance_cents - :cents"
                                        + " where user_id = :user and balance_cents >= :cents")
                        .bind("user", user)
                        .bind("cents", cents)
                        .execute();
        long balance = read(transaction, user);
        if (changed == 0) {
            throw Refused.conflict(
                    "insufficient_balance",
                    "balance_cents",
                    String.valueOf(balance),
                    "at least " + cents);
        }
        return balance;
    }

    /**
     * @return the new balance
     * @throws Refused where it would be above {@link #MOST_CENTS}
     */
    public long add(Handle transaction, long user, long cents) {
        requirePositive(cents);
        open(transaction, user);
        int changed =
                transaction
                        .createUpdate(
                                "update wallet set balance_cents = balance_cents + :cents"
                                        + " where user_id = :user and balance_cents <= :most")
                        .bind("user", user)
                        .bind("cents", cents)
                        .bind("most", MOST_CENTS - cents)
                        .execute();
        long balance = read(transaction, user);
        if (changed == 0) {
            throw Refused.conflict(
                    "balance_limit",
                    "balance_cents",
                    balance + " and " + cents + " more",
                    "at most " + MOST_CENTS);
        }
        return balance;
    }

    /** Whether a wallet has been opened. */
    boolean exists(Handle handle, long user) {
        return handle.createQuery("select count(*) from wallet where user_id = :user")
                        .bind("user", user)
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    private void open(Handle transaction, long user) {
        transaction
                .createUpdate(
                        "insert into wallet (user_id, balance_cents) values (:user, :cents)"
                                + " on conflict do nothing")
                .bind("user", user)
                .bind("cents", startingBalance)
                .execute();
    }

    private static void requirePositive(long cents) {
        if (cents <= 0) {
            throw new IllegalArgumentException("cents: " + cents + " (expected: > 0)");
        }
    }
}
