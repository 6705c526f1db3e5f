package dev.fanfare.core.model;

/**
 * A named stream of publications. The name is all there is: what may happen on it is the
 * catalogue's business.
 */
public record Channel(String name) {
    public Channel {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("channel: \"\" (expected: a name)");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
