package dev.fanfare.apps.accounts;

import dev.fanfare.client.Tokens;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How people sign up and log in.
 *
 * @param tokens what the server takes for good; null: it takes none that can be made here
 * @param tokenLifetime of the tokens that accounts get
 * @param attemptsPerMinute for each address and each name
 * @param bcryptCost a hash takes 2 to this many rounds
 * @param waitingPasswords that are not hashed yet, at most
 */
public record AccountOptions(
        @Nullable Tokens tokens,
        Duration tokenLifetime,
        int attemptsPerMinute,
        int bcryptCost,
        int waitingPasswords) {}
