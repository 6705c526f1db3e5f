package dev.fanfare.apps.stories;

import dev.fanfare.apps.database.Database;
import dev.fanfare.apps.event.Events;
import dev.fanfare.apps.web.Access;
import dev.fanfare.apps.web.Answer;
import dev.fanfare.apps.web.Call;
import dev.fanfare.apps.web.JsonBody;
import dev.fanfare.apps.web.Refused;
import dev.fanfare.apps.web.Route;
import dev.fanfare.client.Message;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Whoever has a token may show a story, look at it and react to it. Each view and each reaction of
 * somebody else is an event for the author, a repeated one too: what counts once is told each time.
 */
public final class StoryRoutes {
    /** Characters of a story's text. */
    private static final int LONGEST_TEXT = 2_000;

    private final Database database;
    private final Events events;
    private final InstantSource clock;
    private final Stories stories = new Stories();
    private final Turns turns = new Turns();

    public StoryRoutes(Database database, Events events, InstantSource clock) {
        this.database = database;
        this.events = events;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/stories", Access.SIGNED_IN, this::create),
                Route.get("/stories/{id}", Access.SIGNED_IN, this::show),
                Route.post("/stories/{id}/view", Access.SIGNED_IN, this::view),
                Route.post("/stories/{id}/reactions", Access.SIGNED_IN, this::react));
    }

    private Answer create(Call call) {
        var author = call.user().text();
        var body = JsonBody.read(call.body());
        var text = body.text("text", LONGEST_TEXT);
        body.end();
        var story = new Story(UUID.randomUUID(), author, text, now());
        database.inTransaction(
                transaction -> {
                    stories.add(transaction, story);
                    return story;
                });
        return Answer.created(members(story, new Response(0, Map.of())))
                .with("Location", "/stories/" + story.id());
    }

    private Answer show(Call call) {
        var id = storyOf(call);
        var user = call.user().text();
        return database.read(
                handle -> {
                    var story = stories.find(handle, id).orElseThrow(() -> unknown(call));
                    return Answer.ok(
                            story.author().equals(user)
                                    ? members(story, stories.response(handle, id))
                                    : members(story));
                });
    }

    private Answer view(Call call) {
        var id = storyOf(call);
        var viewer = call.user().text();
        if (call.body().length > 0) {
            JsonBody.read(call.body()).end();
        }
        var at = inTurn(id, transaction -> view(transaction, call, id, viewer));
        return Answer.ok(Map.of("story_id", id.toString(), "viewed_at", StoryEvent.seconds(at)));
    }

    private Instant view(Handle transaction, Call call, UUID id, String viewer) {
        var story = held(transaction, call, id);
        var at = now();
        if (!story.author().equals(viewer)) {
            stories.view(transaction, id, viewer, at);
            tell(transaction, story, StoryEvent.viewed(id, viewer, at));
        }
        return at;
    }

    private Answer react(Call call) {
        var id = storyOf(call);
        var user = call.user().text();
        var emoji = emoji(call);
        var at = inTurn(id, transaction -> react(transaction, call, id, user, emoji));
        var reactedAt = StoryEvent.seconds(at);
        return Answer.ok(
                Map.of("story_id", id.toString(), "emoji", emoji, "reacted_at", reactedAt));
    }

    private Instant react(Handle transaction, Call call, UUID id, String user, String emoji) {
        var story = held(transaction, call, id);
        var at = now();
        stories.react(transaction, id, user, emoji, at);
        if (!story.author().equals(user)) {
            tell(transaction, story, StoryEvent.reacted(id, user, emoji, at));
        }
        return at;
    }

    private Instant inTurn(UUID story, Function<Handle, Instant> action) {
        return turns.take(story, () -> database.inTransaction(action::apply));
    }

    private static String emoji(Call call) {
        var body = JsonBody.read(call.body());
        var emoji = body.text("emoji", Emoji.LONGEST);
        body.end();
        if (!Emoji.isOne(emoji)) {
            throw Refused.badRequest("emoji", "another text", "one emoji, for example ❤️");
        }
        return emoji;
    }

    private void tell(Handle transaction, Story story, Message message) {
        events.emit(transaction, "stories:" + story.author(), message);
    }

    private Story held(Handle transaction, Call call, UUID id) {
        return stories.hold(transaction, id).orElseThrow(() -> unknown(call));
    }

    /** Another spelling than the usual one is no id. */
    private static UUID storyOf(Call call) {
        var text = call.variable("id");
        try {
            var id = UUID.fromString(text);
            if (id.toString().equals(text.toLowerCase(Locale.ROOT))) {
                return id;
            }
        } catch (IllegalArgumentException malformed) {
            throw unknown(call);
        }
        throw unknown(call);
    }

    private static Refused unknown(Call call) {
        return Refused.notFound("id", call.variable("id"), "the id of a story");
    }

    /** What the database keeps exactly, so that a story is the same when it is read again. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static Map<String, ?> members(Story story, Response response) {
        var members = members(story);
        members.put("views", response.views());
        members.put("reactions", response.reactions());
        return members;
    }

    private static Map<String, Object> members(Story story) {
        var members = new LinkedHashMap<String, Object>();
        members.put("id", story.id().toString());
        members.put("author_id", story.author());
        members.put("text", story.text());
        members.put("created_at", StoryEvent.seconds(story.createdAt()));
        return members;
    }
}
