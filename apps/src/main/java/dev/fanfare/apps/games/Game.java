package dev.fanfare.apps.games;

import dev.fanfare.apps.hub.GameType;
import dev.fanfare.apps.web.JsonBody;
import java.util.random.RandomGenerator;

/** The rules of one game. */
interface Game {
    /** A round that is chosen, not yet played. The same randomness gives the same draw. */
    interface Round {
        Draw play(RandomGenerator random);
    }

    GameType type();

    /**
     * Reads what the player chooses besides the bet.
     *
     * @throws dev.fanfare.apps.web.Refused where that is not of the game
     */
    Round choose(JsonBody body);
}
