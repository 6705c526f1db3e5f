package dev.fanfare.apps.hub;

/** The games there are. */
public enum GameType {
    SLOT("slot", "spin"),
    RPS("rps", "play"),
    GACHA("gacha", "pull"),
    CRASH("crash", "bet");

    private final String word;
    private final String verb;

    GameType(String word, String verb) {
        this.word = word;
        this.verb = verb;
    }

    /** As messages name the game. */
    public String word() {
        return word;
    }

    /** What its players do: {@code spin}. */
    public String verb() {
        return verb;
    }
}
