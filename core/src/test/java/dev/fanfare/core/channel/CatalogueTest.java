package dev.fanfare.core.channel;

import static dev.fanfare.core.channel.VariableType.POSITIVE_INTEGER;
import static dev.fanfare.core.channel.VariableType.SEGMENT;
import static dev.fanfare.core.channel.VariableType.SLUG;
import static dev.fanfare.core.channel.VariableType.USER_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fanfare.core.access.AccessRule;
import dev.fanfare.core.broker.Retention;
import dev.fanfare.core.channel.Catalogue.Entry;
import dev.fanfare.core.model.Channel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private final Entry global = entry("trpc:global", Map.of());
    private final Entry org = entry("trpc:org:{orgId}", Map.of("orgId", SEGMENT));
    private final Entry session =
            entry("beheard:session:{sessionId}", Map.of("sessionId", SEGMENT));
    private final Entry presence =
            entry("beheard:session:{sessionId}:presence", Map.of("sessionId", SEGMENT));
    private final Entry post = entry("post:{post_id}", Map.of("post_id", POSITIVE_INTEGER));
    private final Entry stories = entry("stories:{user}", Map.of("user", USER_ID));
    private final Entry chat = entry("chat:{name...}", Map.of());
    private final Catalogue catalogue =
            new Catalogue(List.of(global, org, session, presence, post, stories, chat));

    @Test
    void findsTheRulesAndVariablesOfAName() {
        assertFinds("trpc:global", global, Map.of());
        assertFinds("trpc:org:7", org, Map.of("orgId", "7"));
        assertFinds("beheard:session:s", session, Map.of("sessionId", "s"));
        assertFinds("beheard:session:s:presence", presence, Map.of("sessionId", "s"));
        assertFinds("post:9223372036854775807", post, Map.of("post_id", "9223372036854775807"));
        assertFinds("stories:a:b", stories, Map.of("user", "a:b"));
        assertFinds("chat:room:1", chat, Map.of("name", "room:1"));
        assertFinds("chat:", chat, Map.of("name", ""));
    }

    private void assertFinds(String name, Entry entry, Map<String, String> variables) {
        assertThat(catalogue.find(name))
                .isEqualTo(new ResolvedChannel(new Channel(name), entry.rules(), variables));
    }

    @Test
    void doesNotKnowOtherNames() {
        for (var name :
                List.of(
                        "",
                        ":",
                        "trpc",
                        "trpc:",
                        "trpc:user:1",
                        "post:0",
                        "post:1:2",
                        "chat",
                        "nothing")) {
            assertThat(catalogue.find(name)).as(name).isNull();
        }
    }

    @Test
    void textBeatsVariablesAndExactTypesBeatOpenOnes() {
        var any = entry("{rest...}", Map.of());
        var slug = entry("post:{slug}", Map.of("slug", SLUG));
        var hot = entry("post:hot", Map.of());
        var ordered = new Catalogue(List.of(any, slug, hot, post));
        assertThat(ordered.find("post:hot").rules()).isSameAs(hot.rules());
        assertThat(ordered.find("post:1").rules()).isSameAs(post.rules());
        assertThat(ordered.find("post:01").rules()).isSameAs(slug.rules());
        assertThat(ordered.find("post:A").rules()).isSameAs(any.rules());
        assertThat(ordered.find("x").rules()).isSameAs(any.rules());
    }

    @Test
    void refusesPatternsOfEqualShape() {
        assertRefusesPair(post, entry("post:{id}", Map.of("id", POSITIVE_INTEGER)));
        assertRefusesPair(global, entry("trpc:global", Map.of()));
        assertRefusesPair(stories, entry("stories:{all...}", Map.of()));
    }

    private static void assertRefusesPair(Entry first, Entry second) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Catalogue(List.of(first, second)))
                .withMessage(
                        "pattern: %s (expected: other names than those of %s)",
                        second.pattern(), first.pattern());
    }

    private static Entry entry(String pattern, Map<String, VariableType> types) {
        var access =
                new ChannelRules.Access(
                        AccessRule.EVERYONE,
                        AccessRule.NOBODY,
                        AccessRule.NOBODY,
                        AccessRule.NOBODY);
        var retention =
                new Retention(pattern.length(), Duration.ofSeconds(pattern.hashCode() & 0xffff));
        return new Entry(
                ChannelPattern.parse(pattern, types),
                new ChannelRules(access, retention, false, Map.of()));
    }
}
