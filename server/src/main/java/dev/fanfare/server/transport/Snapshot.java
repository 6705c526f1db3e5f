package dev.fanfare.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Publication;
import dev.fanfare.protocols.json.JsonWriter;
import dev.fanfare.protocols.json.NamedData;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Writes what a monitor sees at first, as far as there is room for it. */
final class Snapshot {
    /** Integers in their order. */
    private static final Comparator<String> ORDER =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    /** Of an item in JSON: quotes and a comma. */
    private static final int AROUND = 3;

    private Snapshot() {}

    /**
     * How many there are, and who.
     *
     * @param room for ids, in bytes; more are not named
     */
    static void users(JsonWriter writer, Collection<String> users, long room) {
        writer.member("connected_count", users.size()).member("connected_users").beginArray();
        long left = room;
        for (var user : users.stream().sorted(ORDER).toList()) {
            left -= user.getBytes(UTF_8).length + AROUND;
            if (left < 0) {
                break;
            }
            FirstWords.user(writer, user);
        }
        writer.endArray();
    }

    /**
     * The newest of what is meant for the client, in order.
     *
     * @param publications the oldest first
     * @param room in bytes; older ones are left out
     */
    static void events(
            JsonWriter writer, List<Publication> publications, ClientInfo client, long room) {
        var shown = new ArrayDeque<Payload>();
        long left = room;
        for (var publication : publications.reversed()) {
            var payload = NamedData.payload(publication.message());
            if (payload.format() != Payload.Format.JSON
                    || !publication.message().audience().includes(client)) {
                continue;
            }
            left -= payload.size() + AROUND;
            if (left < 0) {
                break;
            }
            shown.addFirst(payload);
        }
        writer.member("recent_events").beginArray();
        shown.forEach(payload -> writer.raw(payload.bytes()));
        writer.endArray();
    }
}
