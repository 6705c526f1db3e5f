package dev.fanfare.apps.wallet;

import dev.fanfare.apps.web.Refused;
import org.jdbi.v3.core.Handle;

/**
 * Balances in cents, within the caller's transaction. A wallet opens on its user's first use of it;
 * what changes a balance holds the wallet's row until the transaction ends, so changes of one
 * wallet come one after the other.
 */
public final class Wallets {
    private final long startingBalance;

    /**
     * @param startingBalance of a new wallet, in cents
     */
    public Wallets(long startingBalance) {
        this.startingBalance = startingBalance;
    }

    public long balance(Handle transaction, long user) {
        open(transaction, user);
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
        long balance = balance(transaction, user);
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
     */
    public long add(Handle transaction, long user, long cents) {
        requirePositive(cents);
        open(transaction, user);
        transaction
                .createUpdate(
                        "update wallet set balance_cents = balance_cents + :cents"
                                + " where user_id = :user")
                .bind("user", user)
                .bind("cents", cents)
                .execute();
        return balance(transaction, user);
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
