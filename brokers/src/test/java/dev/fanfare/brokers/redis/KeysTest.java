package dev.fanfare.brokers.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.core.model.Channel;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeysTest {
    private final Keys keys = new Keys("fanfare", "");

    @Test
    void putsTheTagOfAChannelInBraces() {
        var news = keys.of(new Channel("news"));
        assertThat(news.tag()).isEqualTo("c.news");
        assertThat(news.topic()).isEqualTo("fanfare:{c.news}");
        assertThat(news.key("log")).isEqualTo("fanfare:{c.news}:log");
    }

    @Test
    void keepsViewsApart() {
        assertThat(new Keys("fanfare", "nodes").of(new Channel("all")).key("log"))
                .isEqualTo("fanfare:nodes:{c.all}:log");
    }

    @Test
    void namesOtherPlaces() {
        assertThat(keys.place("due.3").topic()).isEqualTo("fanfare:{due.3}");
    }

    /**
     * A cluster takes what stands between the first opening and the first closing brace after it.
     */
    @Test
    void neverClosesTheBraceWithinAName() {
        var tags = Stream.of("}", "a}:log", "{a}", "%7D", "a%}").map(this::tag);
        assertThat(tags).doesNotHaveDuplicates().noneMatch(tag -> tag.contains("}"));
    }

    @Test
    void refusesBracesBeforeTheTag() {
        assertThatThrownBy(() -> new Keys("a{b", ""))
                .hasMessage("prefix: \"a{b\" (expected: a text without braces)");
        assertThatThrownBy(() -> new Keys("", "")).hasMessageStartingWith("prefix: \"\"");
        assertThatThrownBy(() -> new Keys("a", "}")).hasMessageStartingWith("view: \"}\"");
    }

    private String tag(String name) {
        return keys.of(new Channel(name)).tag();
    }
}
