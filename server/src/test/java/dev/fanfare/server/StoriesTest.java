package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stories from end to end: over HTTP in, over sockets out. */
@ParameterizedClass
@EnumSource
@Timeout(60)
class StoriesTest {
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final String SECONDS = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";

    private static RunningServer server;

    private final String author = "author-" + NAMES.incrementAndGet();
    private final String viewer = "viewer-" + NAMES.incrementAndGet();

    StoriesTest(TestDatabase database) {}

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase database) {
        server = RunningServer.start(database.yaml());
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        server.close();
    }

    @Test
    void anybodyWithATokenShowsAStory() {
        var created = post(author, "/stories", "{\"text\":\"Hello <b>world</b> ❤️\"}");

        assertThat(created.status()).isEqualTo(201);
        var story = created.json();
        assertThat(UUID.fromString(story.get("id").asText())).hasToString(story.get("id").asText());
        assertThat(created.header("location")).isEqualTo("/stories/" + story.get("id").asText());
        assertThat(story.get("author_id").asText()).isEqualTo(author);
        assertThat(story.get("created_at").asText()).matches(SECONDS);
        assertThat(get(author, story.get("id").asText()).json()).isEqualTo(story);
        var seenByOthers = get(viewer, story.get("id").asText()).json();
        assertThat(seenByOthers.fieldNames())
                .toIterable()
                .containsExactly("id", "author_id", "text", "created_at");
        assertThat(seenByOthers.get("text").asText()).isEqualTo("Hello <b>world</b> ❤️");
    }

    @Test
    void theAuthorHearsOfAViewInTheWordsOfTheContract() {
        var story = story();
        try (var socket = listen(author)) {
            var answer = view(viewer, story);

            var event = socket.text();
            var at = Json.read(event).get("timestamp").asText();
            assertThat(at).matches(SECONDS);
            assertThat(event)
                    .isEqualTo(
                            """
                            {"type":"story.viewed","data":{"story_id":"%s","viewer_id":"%s",\
                            "viewed_at":"%s"},"timestamp":"%s"}\
                            """
                                    .formatted(story, viewer, at, at));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().get("viewed_at").asText()).isEqualTo(at);
        }
    }

    @Test
    void theAuthorHearsOfAReactionInTheWordsOfTheContract() {
        var story = story();
        try (var socket = listen(author)) {
            var answer = react(viewer, story, "❤️");

            var event = socket.text();
            var at = Json.read(event).get("timestamp").asText();
            assertThat(at).matches(SECONDS);
            assertThat(event)
                    .isEqualTo(
                            """
                            {"type":"story.reacted","data":{"story_id":"%s","user_id":"%s",\
                            "emoji":"❤️","reacted_at":"%s"},"timestamp":"%s"}\
                            """
                                    .formatted(story, viewer, at, at));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().get("reacted_at").asText()).isEqualTo(at);
        }
    }

    @Test
    void theAuthorHearsOfActionsInTheirOrder() {
        var story = story();
        var emoji = List.of("😂", "👍🏽", "🇩🇪");
        try (var socket = listen(author)) {
            var expected = new ArrayList<String>();
            for (int i = 0; i < 50; i++) {
                var user = viewer + "-" + i % 7;
                if (i % 3 == 0) {
                    view(user, story);
                    expected.add("story.viewed " + user);
                } else {
                    react(user, story, emoji.get(i % 3));
                    expected.add("story.reacted " + user + " " + emoji.get(i % 3));
                }
            }
            assertThat(IntStream.range(0, 50).mapToObj(i -> described(socket.json())))
                    .containsExactlyElementsOf(expected);
        }
    }

    @Test
    void whatIsDoneAtOnceIsToldAsItWasKept() {
        var story = story();
        var emoji = List.of("😂", "👍🏽", "🇩🇪", "❤️");
        try (var socket = listen(author);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 60; i++) {
                var one = emoji.get(i % 4);
                var _ = threads.submit(() -> react(viewer, story, one));
            }
            var last = IntStream.range(0, 60).mapToObj(i -> socket.json()).toList().getLast();

            assertThat(get(author, story).json().get("reactions").fieldNames())
                    .toIterable()
                    .containsExactly(last.at("/data/emoji").asText());
        }
    }

    @Test
    void theAuthorHearsNothingOfOwnActions() {
        var story = story();
        try (var socket = listen(author)) {
            assertThat(view(author, story).status()).isEqualTo(200);
            assertThat(react(author, story, "❤️").status()).isEqualTo(200);
            view(viewer, story);

            assertThat(described(socket.json())).isEqualTo("story.viewed " + viewer);
        }
    }

    @Test
    void nobodyElseHears() {
        var story = story();
        try (var others = listen(viewer);
                var socket = listen(author)) {
            view(viewer, story);
            react(viewer, story, "❤️");
            socket.text();
            socket.text();
            view(author, of(viewer));

            assertThat(described(others.json())).isEqualTo("story.viewed " + author);
        }
    }

    @Test
    void everyConnectionOfTheAuthorHears() {
        var story = story();
        try (var phone = listen(author);
                var laptop = listen(author)) {
            react(viewer, story, "😂");

            assertThat(phone.text()).isEqualTo(laptop.text()).contains("story.reacted");
        }
    }

    @Test
    void actionsNeedNoConnectionOfTheAuthor() {
        var story = story();

        assertThat(view(viewer, story).status()).isEqualTo(200);
        assertThat(react(viewer, story, "😂").status()).isEqualTo(200);
        assertThat(get(author, story).json().get("views").asInt()).isEqualTo(1);
    }

    @Test
    void theAuthorSeesHowManyHaveLookedAndReacted() {
        var story = story();
        view(author, story);
        view(viewer, story);
        view(viewer, story);
        view(viewer + "-2", story);
        react(viewer, story, "❤️");
        react(viewer, story, "😂");
        react(viewer + "-2", story, "😂");
        react(author, story, "👍");

        var seen = get(author, story).json();
        assertThat(seen.get("views").asInt()).isEqualTo(2);
        assertThat(seen.get("reactions")).hasToString("{\"😂\":2,\"👍\":1}");
    }

    @Test
    void aRepeatedActionIsToldAgain() {
        var story = story();
        try (var socket = listen(author)) {
            view(viewer, story);
            view(viewer, story);
            react(viewer, story, "❤️");
            react(viewer, story, "❤️");

            assertThat(IntStream.range(0, 4).mapToObj(i -> described(socket.json())))
                    .containsExactly(
                            "story.viewed " + viewer,
                            "story.viewed " + viewer,
                            "story.reacted " + viewer + " ❤️",
                            "story.reacted " + viewer + " ❤️");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b:c", "Zoë 🐙", "stories:{user}", "*", "0", "\"<'"})
    void authorsAreNamedHoweverTheyLike(String name) {
        try (var socket = listen(name)) {
            view(viewer, of(name));

            assertThat(described(socket.json())).isEqualTo("story.viewed " + viewer);
        }
    }

    @Test
    void anAuthorWhoseNameMakesNoChannelMayBeLookedAt() {
        var name = "n".repeat(300);
        var story = of(name);

        assertThat(view(viewer, story).status()).isEqualTo(200);
        assertThat(react(viewer, story, "❤️").status()).isEqualTo(200);
        assertThat(get(name, story).json().get("views").asInt()).isEqualTo(1);
        assertThat(server.refusal("/ws?token=" + server.token(name)).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"text":""}                 | 400 bad_request text a blank text
                    {"text":" \\n"}             | 400 bad_request text a blank text
                    {"text":7}                  | 400 bad_request text 7
                    {}                          | 400 bad_request text nothing
                    {"text":"a\\u0000b"}        | 400 bad_request text no text
                    {"text":"a\\ud800b"}        | 400 bad_request text no text
                    {"text":"a","author":"b"}   | 400 bad_request author an unknown member
                    ["text"]                    | 400 bad_request body other JSON
                    ''                          | 400 bad_request body nothing
                    """)
    void refusesOtherStories(String body, String problem) {
        assertThat(post(author, "/stories", body).problem()).isEqualTo(problem);
    }

    @Test
    void aStoryHasAtMost2000Characters() {
        assertThat(post(author, "/stories", text("❤".repeat(2000))).status()).isEqualTo(201);
        assertThat(post(author, "/stories", text("🐙".repeat(2000))).status()).isEqualTo(201);
        assertThat(post(author, "/stories", text("x".repeat(2001))).problem())
                .isEqualTo("400 bad_request text a longer text");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"emoji":"love"}            | 400 bad_request emoji another text
                    {"emoji":"❤️❤️"}            | 400 bad_request emoji another text
                    {"emoji":"1"}               | 400 bad_request emoji another text
                    {"emoji":""}                | 400 bad_request emoji a blank text
                    {"emoji":null}              | 400 bad_request emoji null
                    {"emoji":"❤️","text":"hi"}  | 400 bad_request text an unknown member
                    ''                          | 400 bad_request body nothing
                    """)
    void refusesOtherReactions(String body, String problem) {
        var story = story();

        assertThat(post(viewer, "/stories/" + story + "/reactions", body).problem())
                .isEqualTo(problem);
        assertThat(get(author, story).json().get("reactions")).isEmpty();
    }

    @Test
    void aViewHasNothingToSay() {
        var path = "/stories/" + story() + "/view";

        assertThat(post(viewer, path, "{}").status()).isEqualTo(200);
        assertThat(post(viewer, path, "{\"seconds\":3}").problem())
                .isEqualTo("400 bad_request seconds an unknown member");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000-0000-4000-8000-000000000000",
                "1-1-1-1-1",
                "17",
                "none",
                "%27%20or%20true"
            })
    void nothingIsKnownOfOtherIds(String id) {
        assertThat(get(viewer, id).problem()).startsWith("404 not_found id ");
        assertThat(view(viewer, id).problem()).startsWith("404 not_found id ");
        assertThat(react(viewer, id, "❤️").problem()).startsWith("404 not_found id ");
    }

    @Test
    void nothingIsDoneWithoutAToken() {
        var story = "/stories/" + story();

        assertThat(server.get(story).problem()).isEqualTo("401 unauthorized token nothing");
        assertThat(server.post(story + "/view", "").status()).isEqualTo(401);
        assertThat(server.post("/stories", text("Hello"), "Authorization: Bearer x").status())
                .isEqualTo(401);
        var expired = server.token(viewer, Duration.ofSeconds(-1));
        assertThat(server.post(story + "/view", "", "Authorization: Bearer " + expired).status())
                .isEqualTo(401);
    }

    @Test
    void aUsersIdHasAtMost512Characters() {
        assertThat(post("u".repeat(512), "/stories", text("Hello")).status()).isEqualTo(201);
        assertThat(post("u".repeat(513), "/stories", text("Hello")).problem())
                .isEqualTo("403 forbidden token a user's id of 513 characters");
        assertThat(post("u\0", "/stories", text("Hello")).problem())
                .isEqualTo("403 forbidden token a user's id that is no text");
    }

    private static String described(JsonNode event) {
        var data = event.get("data");
        var user = data.has("viewer_id") ? data.get("viewer_id") : data.get("user_id");
        var emoji = data.has("emoji") ? " " + data.get("emoji").asText() : "";
        return event.get("type").asText() + " " + user.asText() + emoji;
    }

    /** As the author's browser does: no channel is named. */
    private static TestSocket listen(String user) {
        return server.socket("/ws?token=" + server.token(user));
    }

    private String story() {
        return of(author);
    }

    private static String of(String user) {
        return post(user, "/stories", text("Hello")).json().get("id").asText();
    }

    private static String text(String text) {
        return "{\"text\":\"" + text + "\"}";
    }

    private static HttpAnswer view(String user, String story) {
        return post(user, "/stories/" + story + "/view", "");
    }

    private static HttpAnswer react(String user, String story, String emoji) {
        var body = "{\"emoji\":\"" + emoji + "\"}";
        return post(user, "/stories/" + story + "/reactions", body);
    }

    private static HttpAnswer get(String user, String story) {
        return server.get("/stories/" + story, "Authorization: Bearer " + server.token(user));
    }

    private static HttpAnswer post(String user, String path, String body) {
        return server.post(path, body, "Authorization: Bearer " + server.token(user));
    }
}
