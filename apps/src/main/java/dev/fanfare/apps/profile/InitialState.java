package dev.fanfare.apps.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fanfare.apps.database.Database;
import dev.fanfare.apps.hub.HubEvents;
import dev.fanfare.apps.wallet.Wallets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** How things stand for a user whose hub begins: profile, balance, streak. */
public final class InitialState {
    private static final JsonMapper JSON = new JsonMapper();

    private final Database database;
    private final Wallets wallets;
    private final InstantSource clock;
    private final Profiles profiles = new Profiles();
    private final Streaks streaks = new Streaks();

    public InitialState(Database database, Wallets wallets, InstantSource clock) {
        this.database = database;
        this.wallets = wallets;
        this.clock = clock;
    }

    /** A message as JSON. Waits for the database. */
    public byte[] of(long user) {
        var now = clock.instant();
        var state = database.inTransaction(transaction -> state(transaction, user, now));
        try {
            return JSON.writeValueAsBytes(HubEvents.initialState(state, now));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Object> state(Handle transaction, long user, Instant now) {
        var state = new LinkedHashMap<String, Object>();
        state.put("profile", profiles.get(transaction, user).members());
        state.put("balance_cents", wallets.balance(transaction, user));
        state.put("streak", streaks.get(transaction, user).members(Streak.day(now)));
        return state;
    }
}
