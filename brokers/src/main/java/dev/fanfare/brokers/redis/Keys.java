package dev.fanfare.brokers.redis;

import dev.fanfare.core.model.Channel;

/**
 * How things are called in Redis. What belongs together has one tag in braces, by which a cluster
 * keeps it in one place: {@code fanfare:{c.news}:log}, and {@code fanfare:nodes:{c.all}:log} in the
 * view {@code nodes}. Different things never have the same name.
 *
 * @param prefix of this installation: several can share a Redis
 * @param view of whom: channels of the same name in different views have nothing in common
 */
record Keys(String prefix, String view) {
    /**
     * What belongs together.
     *
     * @param topic where its notifications go; all its keys begin with it
     */
    record Place(String tag, String topic) {
        String key(String name) {
            return topic + ":" + name;
        }
    }

    Keys {
        if (prefix.isEmpty() || hasBraces(prefix)) {
            throw new IllegalArgumentException(
                    "prefix: \"" + prefix + "\" (expected: a text without braces)");
        }
        if (hasBraces(view)) {
            throw new IllegalArgumentException(
                    "view: \"" + view + "\" (expected: a text without braces)");
        }
    }

    Place of(Channel channel) {
        return place("c." + escaped(channel.name()));
    }

    /**
     * @param tag without a closing brace
     */
    Place place(String tag) {
        var views = view.isEmpty() ? ":{" : ":" + view + ":{";
        return new Place(tag, prefix + views + tag + "}");
    }

    /** For Redis a tag ends with the first closing brace. */
    private static String escaped(String name) {
        return name.indexOf('}') < 0 && name.indexOf('%') < 0
                ? name
                : name.replace("%", "%25").replace("}", "%7D");
    }

    private static boolean hasBraces(String text) {
        return text.indexOf('{') >= 0 || text.indexOf('}') >= 0;
    }
}
