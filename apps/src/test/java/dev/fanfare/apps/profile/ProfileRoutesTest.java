package dev.fanfare.apps.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.apps.TestDatabase;
import dev.fanfare.apps.database.Database;
import dev.fanfare.apps.event.RecordedEvents;
import dev.fanfare.apps.event.RecordedEvents.Told;
import dev.fanfare.apps.hub.HubEvents;
import dev.fanfare.apps.web.Answer;
import dev.fanfare.apps.web.Refused;
import dev.fanfare.apps.web.Route.Method;
import dev.fanfare.apps.web.TestCall;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class ProfileRoutesTest {
    private static Database database;
    private static long user = 1000;

    @Parameter TestDatabase kind;

    private final RecordedEvents events = new RecordedEvents();

    @BeforeParameterizedClassInvocation
    static void open(TestDatabase kind) {
        database = kind.open();
    }

    @AfterParameterizedClassInvocation
    static void close() {
        database.close();
    }

    @BeforeEach
    void anotherUser() {
        user++;
    }

    @Test
    void whoHasSaidNothingHasAProfileToo() {
        assertThat(show()).isEqualTo(profile("Player " + user, "", ""));
    }

    @Test
    void changesWhatIsNamedAndNothingElse() {
        change("{\"bio\":\"I play.\",\"avatar_url\":\"https://example.com/me.png\"}");
        change("{\"display_name\":\" Ann ❤️ \"}");
        assertThat(show()).isEqualTo(profile("Ann ❤️", "I play.", "https://example.com/me.png"));
        change("{\"bio\":\"\",\"avatar_url\":\"\"}");
        assertThat(show()).isEqualTo(profile("Ann ❤️", "", ""));
    }

    @Test
    void textsMayHaveAsManyCharactersAsIsSaid() {
        var name = "𝄞".repeat(ProfileRoutes.LONGEST_NAME);
        var bio = "😀".repeat(ProfileRoutes.LONGEST_BIO);
        change("{\"display_name\":\"" + name + "\",\"bio\":\"" + bio + "\"}");
        assertThat(show()).isEqualTo(profile(name, bio, ""));
        refuses(
                "{\"bio\":\"" + bio + "x\"}",
                "bio: a longer text (expected: a text of at most 500 characters)");
        refuses(
                "{\"display_name\":\"" + name + "x\"}",
                "display_name: a longer text (expected: a text of 1 to 50 characters)");
    }

    @Test
    void aChangeIsToldOnTheHub() {
        var changed = change("{\"display_name\":\"Ann\"}").body();
        assertThat(events.told())
                .extracting(Told::type)
                .containsExactly("user_action", "profile_update");
        assertThat(events.told()).extracting(Told::channel).containsOnly("hub:" + user);
        assertThat(events.told().getFirst().members().get("action")).isEqualTo("profile.update");
        assertThat(events.told().getLast().members().get("data")).isEqualTo(changed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | body: nothing to change (expected: display_name, bio or avatar_url)",
                "{\"name\":\"Ann\"} | name: an unknown member (expected: only avatar_url, bio,"
                        + " display_name)",
                "{\"bio\":\"x\",\"balance\":1} | balance: an unknown member (expected: only"
                        + " avatar_url, bio, display_name)",
                "{\"display_name\":\"  \"} | display_name: a blank text (expected: a text of 1 to"
                        + " 50 characters)",
                "{\"display_name\":null} | display_name: null (expected: a text of 1 to 50"
                        + " characters)",
                "{\"display_name\":7} | display_name: 7 (expected: a text of 1 to 50 characters)",
                "{\"bio\":\"a\\u0000b\"} | bio: no text (expected: Unicode text without U+0000 and"
                        + " halves of characters)",
                "{\"avatar_url\":\"javascript:alert(1)\"} | avatar_url: javascript:alert(1)"
                    + " (expected: an address like https://example.com/me.png, or an empty text)",
                "{\"avatar_url\":\"not an address\"} | avatar_url: not an address (expected: an"
                        + " address like https://example.com/me.png, or an empty text)",
                "{\"avatar_url\":\"https:///me.png\"} | avatar_url: https:///me.png (expected: an"
                        + " address like https://example.com/me.png, or an empty text)",
                "[] | body: other JSON (expected: a JSON object)",
            })
    void wrongChangesChangeNothing(String body, String reason) {
        refuses(body, reason);
        assertThat(show()).isEqualTo(profile("Player " + user, "", ""));
        assertThat(events.told()).isEmpty();
    }

    private void refuses(String body, String reason) {
        assertThatThrownBy(() -> change(body)).isInstanceOf(Refused.class).hasMessage(reason);
    }

    private static Map<String, Object> profile(String name, String bio, String avatar) {
        return Map.of("user_id", user, "display_name", name, "bio", bio, "avatar_url", avatar);
    }

    private Object show() {
        return ask(Method.GET, "").body();
    }

    private Answer change(String body) {
        return ask(Method.PATCH, body);
    }

    private Answer ask(Method method, String body) {
        var routes = new ProfileRoutes(database, new HubEvents(events), Instant::now).routes();
        return TestCall.ask(routes, method, "/api/profile", user, body);
    }
}
