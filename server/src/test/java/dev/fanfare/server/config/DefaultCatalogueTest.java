package dev.fanfare.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.access.AccessRule.Asker;
import dev.fanfare.core.access.Identity;
import dev.fanfare.core.channel.Action;
import dev.fanfare.core.channel.Catalogue;
import dev.fanfare.core.channel.Channels;
import dev.fanfare.core.channel.NameLimits;
import dev.fanfare.core.model.Payload;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultCatalogueTest {
    private static final Catalogue CATALOGUE = load();
    private static final Identity ANN =
            new Identity(
                    "ann", Map.of("orgs", List.of(7), "sessions", List.of("s1")), Identity.NEVER);
    private static final Identity ADMIN =
            new Identity("root", Map.of("role", "admin"), Identity.NEVER);

    /** As a person's own catalogue would be read, with every check. */
    private static Catalogue load() {
        var problems = new Problems();
        var catalogue =
                CatalogueReader.checking(problems).read(DefaultCatalogue.yaml(), NameLimits.USUAL);
        problems.throwIfAny();
        return catalogue;
    }

    @ParameterizedTest
    @CsvSource({
        "post:1,                      true,  true,  false",
        "comment:1,                   true,  true,  false",
        "stories:ann,                 true,  false, false",
        "stories:bob,                 false, false, false",
        "hub:ann,                     true,  false, false",
        "games:ann,                   true,  false, false",
        "games:events,                false, true,  false",
        "games:online,                false, false, false",
        "trpc:global,                 true,  true,  true",
        "trpc:org:7,                  true,  false, false",
        "trpc:org:8,                  false, false, false",
        "trpc:user:ann,               true,  false, false",
        "beheard:session:s1,          true,  false, false",
        "beheard:session:s2,          false, false, false",
        "beheard:session:s1:presence, true,  false, false",
    })
    void saysWhoMaySubscribe(String channel, boolean ann, boolean admin, boolean anonymous) {
        assertThat(may(Action.SUBSCRIBE, channel, ANN)).isEqualTo(ann);
        assertThat(may(Action.SUBSCRIBE, channel, ADMIN)).isEqualTo(admin);
        assertThat(may(Action.SUBSCRIBE, channel, Identity.ANONYMOUS)).isEqualTo(anonymous);
    }

    @Test
    void letsMembersOfASessionPublishThereAndNobodyElsewhere() {
        assertThat(may(Action.PUBLISH, "beheard:session:s1", ANN)).isTrue();
        assertThat(may(Action.PUBLISH, "beheard:session:s2", ANN)).isFalse();
        assertThat(may(Action.PUBLISH, "beheard:session:s1:presence", ANN)).isFalse();
        assertThat(may(Action.PUBLISH, "post:1", ANN)).isFalse();
    }

    @Test
    void letsAdministratorsAloneSeeWhoIsOnline() {
        assertThat(may(Action.PRESENCE, "games:online", ADMIN)).isTrue();
        assertThat(may(Action.PRESENCE, "games:online", ANN)).isFalse();
    }

    private static boolean may(Action action, String channel, Identity identity) {
        return Channels.refusal(action, CATALOGUE.find(channel), new Asker(identity)) == null;
    }

    @Test
    void keepsPresenceWhereSomebodyAsksForIt() {
        assertThat(CATALOGUE.entries().stream().filter(entry -> entry.rules().presence()))
                .extracting(entry -> entry.pattern().toString())
                .containsExactly("games:online", "beheard:session:{sessionId}:presence");
    }

    @Test
    void queryInvalidationIsStrictButOpen() {
        var event = CATALOGUE.find("trpc:global").rules().events().get("query-invalidation");
        assertThat(
                        event.schema()
                                .check(
                                        Payload.json(
                                                "{\"type\":\"query-invalidation\",\"queryKey\":[\"a\"],\"x\":1}")))
                .isNull();
        assertThat(
                        event.schema()
                                .check(Payload.json("{\"type\":\"query-invalidation\"}"))
                                .message())
                .isEqualTo("payload.queryKey: nothing (expected: array)");
        assertThat(
                        event.schema()
                                .check(Payload.json("{\"type\":\"other\",\"queryKey\":[]}"))
                                .message())
                .isEqualTo("payload.type: \"other\" (expected: \"query-invalidation\")");
    }

    @Test
    void sessionsCarryTheirElevenEvents() {
        assertThat(CATALOGUE.find("beheard:session:s1").rules().events()).hasSize(11);
    }

    @Test
    void theTextIsTheCatalogue() {
        assertThat(DefaultCatalogue.text()).startsWith("# The channels there are");
    }
}
