package dev.fanfare.check.judge;

/** What is promised; {@link Judge} says exactly what that means. */
public enum Rule {
    PUBLISHED("what is heard was published"),
    PLACES("a position has one message, a message one position, and none is left out"),
    EPOCHS("a new epoch begins only when Redis may have lost something, and ends the old one"),
    NOTHING_LOST("what was acknowledged reaches whoever listens, or they are told"),
    NOTHING_TWICE("nobody hears anything twice"),
    ORDER("there is one order for all"),
    TRUE_NOTICES("'recovered' and gap notices are true"),
    PRESENCE("members are exactly the connected clients"),
    JOINS_AND_LEAVES("who comes and goes is told once"),
    COMMANDS("an acknowledged command has been carried out");

    private final String promise;

    Rule(String promise) {
        this.promise = promise;
    }

    public String promise() {
        return promise;
    }
}
