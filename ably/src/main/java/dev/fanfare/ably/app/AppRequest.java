package dev.fanfare.ably.app;

import dev.fanfare.ably.access.AppKey;
import dev.fanfare.ably.access.Capability;
import dev.fanfare.ably.access.Denied;
import dev.fanfare.protocols.ably.ErrorInfo;
import dev.fanfare.protocols.ably.MessageReader;
import dev.fanfare.protocols.ably.Unreadable;
import dev.fanfare.protocols.ably.WireMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants an application of the sandbox to have.
 *
 * @param keys at least one
 * @param maxMembers of one channel; 0: as many as usual
 */
record AppRequest(
        List<Key> keys, List<Namespace> namespaces, List<Present> present, int maxMembers) {
    private static final Pattern NAMESPACE = Pattern.compile("[\\w-]+");
    private static final int MOST_MEMBERS = 10_000;

    record Key(Capability capability, boolean revocableTokens) {}

    /**
     * Channels whose names begin with its id and a colon.
     *
     * @param told as it came, for the answer
     */
    record Namespace(String id, boolean persisted, Map<?, ?> told) {}

    /** Somebody who is on a channel from the beginning: client id and data of a message. */
    record Present(String channel, WireMessage says) {}

    static AppRequest read(Map<?, ?> tree) throws Denied {
        var keys = new ArrayList<Key>();
        for (var key : objects(tree, "keys")) {
            keys.add(new Key(capability(key.get("capability")), isTrue(key, "revocableTokens")));
        }
        var namespaces = new ArrayList<Namespace>();
        for (var namespace : objects(tree, "namespaces")) {
            namespaces.add(namespace(namespace));
        }
        var present = new ArrayList<Present>();
        for (var channel : objects(tree, "channels")) {
            var name = text(channel, "name");
            for (var member : objects(channel, "presence")) {
                present.add(present(name, member));
            }
        }
        return new AppRequest(
                keys.isEmpty() ? List.of(new Key(Capability.ORDINARY, false)) : keys,
                namespaces,
                present,
                maxMembers(tree));
    }

    /** Of a key. In JSON, as a text or as it is. */
    private static Capability capability(@Nullable Object given) throws Denied {
        return switch (given) {
            case null -> Capability.ORDINARY;
            case String text -> Capability.parse(text);
            case Map<?, ?> tree -> Capability.of(tree);
            case Object other -> throw wrong("capability", other, "JSON text");
        };
    }

    private static Namespace namespace(Map<?, ?> tree) throws Denied {
        var id = text(tree, "id");
        if (!NAMESPACE.matcher(id).matches()) {
            throw wrong("namespaces.id", id, "letters, digits, _ and -");
        }
        return new Namespace(id, isTrue(tree, "persisted"), tree);
    }

    private static Present present(String channel, Map<?, ?> member) throws Denied {
        text(member, "clientId");
        try {
            return new Present(channel, MessageReader.messages(member).getFirst());
        } catch (Unreadable e) {
            throw new Denied(ErrorInfo.of(40000, "presence: " + e.getMessage()));
        }
    }

    /** {@code {"presence": {"maxMembers": 250}}}. */
    private static int maxMembers(Map<?, ?> tree) throws Denied {
        if (tree.get("limits") instanceof Map<?, ?> limits
                && limits.get("presence") instanceof Map<?, ?> presence
                && presence.get("maxMembers") != null) {
            if (presence.get("maxMembers") instanceof Long most
                    && most > 0
                    && most <= MOST_MEMBERS) {
                return most.intValue();
            }
            throw wrong(
                    "limits.presence.maxMembers",
                    presence.get("maxMembers"),
                    "1 to " + MOST_MEMBERS);
        }
        return 0;
    }

    private static List<Map<?, ?>> objects(Map<?, ?> tree, String member) throws Denied {
        var objects = new ArrayList<Map<?, ?>>();
        var given = tree.get(member);
        if (given != null && !(given instanceof List<?>)) {
            throw wrong(member, given, "an array");
        }
        for (var item : given instanceof List<?> items ? items : List.of()) {
            if (!(item instanceof Map<?, ?> object)) {
                throw wrong(member, item, "objects");
            }
            objects.add(object);
        }
        return objects;
    }

    private static String text(Map<?, ?> tree, String member) throws Denied {
        if (tree.get(member) instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw wrong(member, tree.get(member), "a text");
    }

    private static boolean isTrue(Map<?, ?> tree, String member) {
        return Boolean.TRUE.equals(tree.get(member));
    }

    private static Denied wrong(String member, @Nullable Object value, String expected) {
        return new Denied(
                ErrorInfo.of(40000, "%s: %s (expected: %s)".formatted(member, value, expected)));
    }

    /** As {@code POST /apps} is answered. */
    Map<String, Object> answer(App app) {
        return Map.of(
                "appId",
                app.id(),
                "accountId",
                app.id(),
                "keys",
                app.keys().stream().map(AppRequest::told).toList(),
                "namespaces",
                namespaces.stream().map(Namespace::told).toList());
    }

    /** Its id and secret also under the names that some clients know them by. */
    private static Map<String, Object> told(AppKey key) {
        return Map.of(
                "id", key.keyId(),
                "value", key.secret(),
                "keyName", key.name(),
                "keySecret", key.secret(),
                "keyStr", key.name() + ":" + key.secret(),
                "capability", key.capability().text());
    }
}
