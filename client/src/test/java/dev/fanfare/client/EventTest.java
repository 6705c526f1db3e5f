package dev.fanfare.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTest {
    @Test
    void keepsTheTextOfItsPayload() {
        var event = new Event("7", "post:1", "{ \"type\" : \"gift.received\", \"n\":1.50 }", null);
        assertThat(event.body())
                .isEqualTo(
                        "{\"channel\":\"post:1\",\"id\":\"7\","
                                + "\"payload\":{ \"type\" : \"gift.received\", \"n\":1.50 }}");
    }

    @Test
    void saysItsNameBesideItsData() {
        var event = new Event("7", "a", "{ \"type\": \"other\" }", "42", "session.paused");
        assertThat(event.body())
                .isEqualTo(
                        "{\"channel\":\"a\",\"id\":\"7\",\"excludeUserId\":\"42\","
                                + "\"event\":\"session.paused\",\"data\":{ \"type\": \"other\" }}");
        assertThat(Event.named("a", "session.paused", "null").except("42").name())
                .isEqualTo("session.paused");
    }

    @Test
    void namesWhoDoesNotGetIt() {
        assertThat(Event.of("a", Map::of).except("4\"2").body())
                .contains("\"excludeUserId\":\"4\\\"2\"");
    }

    @Test
    void hasAnIdOfItsOwn() {
        var event = Event.of("a", Map::of);
        assertThat(event.id()).hasSize(36).isNotEqualTo(Event.of("a", Map::of).id());
        assertThat(event.except("42").id()).isEqualTo(event.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{}{}", "{\"a\":1,\"a\":2}", "nonsense", "{\"a\":01}"})
    void refusesWhatIsNoJson(String payload) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Event.ofJson("a", payload))
                .withMessageStartingWith("payload: ")
                .withMessageEndingWith(" (expected: a JSON value)");
    }

    @Test
    void refusesWhatTheServerHasNoRoomFor() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Event.ofJson("", "{}"))
                .withMessage("channel: 0 characters (expected: 1 to 1024 characters)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Event("x".repeat(129), "a", "{}", null))
                .withMessage("id: 129 characters (expected: 1 to 128 characters)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Event.named("a", "", "{}"))
                .withMessage("name: 0 characters (expected: 1 to 1024 characters)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Event.ofJson("a", "{}").except("x".repeat(1025)))
                .withMessageStartingWith("excludeUserId: 1025 characters");
    }
}
