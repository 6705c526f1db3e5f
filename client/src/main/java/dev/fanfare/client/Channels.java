package dev.fanfare.client;

/** The names of the channels for query invalidation. */
public final class Channels {
    private static final String PREFIX = "trpc:";

    private Channels() {}

    /** Everybody who is connected. */
    public static String global() {
        return PREFIX + "global";
    }

    /** The members of an organisation: those whose token names it in the claim {@code orgs}. */
    public static String org(String id) {
        if (id.isEmpty() || id.indexOf(':') >= 0 || id.indexOf('*') >= 0) {
            throw new IllegalArgumentException(
                    "org id: \"" + id + "\" (expected: a text without : and *)");
        }
        return PREFIX + "org:" + id;
    }

    public static String org(long id) {
        return org(String.valueOf(id));
    }

    /** One user alone: the one whose id is the token's {@code sub}, any text. */
    public static String user(String id) {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("user id: \"\" (expected: a user's id)");
        }
        return PREFIX + "user:" + id;
    }

    public static String user(long id) {
        return user(String.valueOf(id));
    }
}
