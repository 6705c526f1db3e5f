package dev.fanfare.apps.hub;

import dev.fanfare.client.Message;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One round of a game. The members are the same for all games; what a game has of its own is in its
 * result.
 *
 * @param bet in cents
 * @param result values of the JDK
 * @param balance what the player has after the round, in cents
 */
public record GameEvent(
        GameType game, long user, long bet, Map<String, ?> result, Instant at, long balance)
        implements Message {
    public GameEvent {
        result = Collections.unmodifiableMap(new LinkedHashMap<>(result));
    }

    @Override
    public Map<String, ?> members() {
        var members = new LinkedHashMap<String, Object>();
        members.put("type", "game_event");
        members.put("game_type", game.word());
        members.put("user_id", user);
        members.put("bet", bet);
        members.put("result", result);
        members.put("ts", HubEvents.timestamp(at));
        members.put("balance_cents", balance);
        members.put("schema_version", HubEvents.SCHEMA_VERSION);
        return members;
    }
}
