package dev.fanfare.apps.stories;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Stories, and who has done what with them, within the caller's transaction. */
final class Stories {
    private static final RowMapper<Story> STORY =
            (row, context) ->
                    new Story(
                            row.getObject("id", UUID.class),
                            row.getString("author_id"),
                            row.getString("text"),
                            row.getObject("created_at", OffsetDateTime.class).toInstant());

    void add(Handle transaction, Story story) {
        transaction
                .createUpdate(
                        "insert into story (id, author_id, text, created_at)"
                                + " values (:id, :author, :text, :at)")
                .bind("id", story.id())
                .bind("author", story.author())
                .bind("text", story.text())
                .bind("at", utc(story.createdAt()))
                .execute();
    }

    Optional<Story> find(Handle handle, UUID id) {
        return handle.createQuery("select * from story where id = :id")
                .bind("id", id)
                .map(STORY)
                .findOne();
    }

    /**
     * For changes of what it has met with: others that want to hold it wait until the transaction
     * ends, so actions on one story come one after the other.
     */
    Optional<Story> hold(Handle transaction, UUID id) {
        return transaction
                .createQuery("select * from story where id = :id for update")
                .bind("id", id)
                .map(STORY)
                .findOne();
    }

    /** Of a story that is held. Who looks again counts once. */
    void view(Handle transaction, UUID story, String viewer, Instant at) {
        put(
                transaction,
                "update story_view set viewed_at = :at"
                        + " where story_id = :story and viewer_id = :user",
                "insert into story_view (story_id, viewer_id, viewed_at)"
                        + " values (:story, :user, :at)",
                Map.of("story", story, "user", viewer, "at", utc(at)));
    }

    /** Of a story that is held. A reaction takes the place of its user's last one. */
    void react(Handle transaction, UUID story, String user, String emoji, Instant at) {
        put(
                transaction,
                "update story_reaction set emoji = :emoji, reacted_at = :at"
                        + " where story_id = :story and user_id = :user",
                "insert into story_reaction (story_id, user_id, emoji, reacted_at)"
                        + " values (:story, :user, :emoji, :at)",
                Map.of("story", story, "user", user, "emoji", emoji, "at", utc(at)));
    }

    /** Changes the row that is there, or else adds it. */
    private static void put(
            Handle transaction, String update, String insert, Map<String, ?> values) {
        if (transaction.createUpdate(update).bindMap(values).execute() == 0) {
            transaction.createUpdate(insert).bindMap(values).execute();
        }
    }

    Response response(Handle handle, UUID story) {
        long views =
                handle.createQuery("select count(*) from story_view where story_id = :story")
                        .bind("story", story)
                        .mapTo(Long.class)
                        .one();
        var reactions = new LinkedHashMap<String, Long>();
        handle.createQuery(
                        "select emoji, count(*) as people from story_reaction"
                                + " where story_id = :story group by emoji"
                                + " order by people desc, emoji")
                .bind("story", story)
                .map((row, context) -> reactions.put(row.getString(1), row.getLong(2)))
                .list();
        return new Response(views, reactions);
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
