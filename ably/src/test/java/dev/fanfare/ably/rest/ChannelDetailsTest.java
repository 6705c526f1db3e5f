package dev.fanfare.ably.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.protocols.ably.Data;
import dev.fanfare.protocols.ably.MemberInfo;
import dev.fanfare.protocols.ably.WirePresence;
import dev.fanfare.protocols.ably.WirePresence.Action;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChannelDetailsTest {
    private final TestRest rest = new TestRest();

    @Test
    void countThoseWhoListenAndThoseWhoArePresent() {
        rest.listeners.put("news:a", 3);
        enter("one", "ann");
        enter("one", "bob");

        var details = rest.get("/channels/news:a").map();
        assertThat(details.get("channelId")).isEqualTo("news:a");
        var status = (Map<?, ?>) details.get("status");
        assertThat(status.get("isActive")).isEqualTo(true);
        var metrics = (Map<?, ?>) ((Map<?, ?>) status.get("occupancy")).get("metrics");
        assertThat(metrics.get("connections")).isEqualTo(3L);
        assertThat(metrics.get("presenceMembers")).isEqualTo(2L);
        assertThat(metrics.get("presenceConnections")).isEqualTo(1L);
        assertThat(rest.get("/channels/none").text()).contains("\"isActive\":false");
    }

    @Test
    void areThereOfAllChannelsInUse() {
        rest.listeners.putAll(Map.of("a", 1, "b", 2, "c", 3));
        assertThat(rest.get("/channels").each("channelId")).containsExactly("a", "b", "c");
        var page = rest.get("/channels?by=id&limit=2");
        assertThat(page.tree()).isEqualTo(List.of("a", "b"));
        assertThat(rest.get(page.link("next").substring(1)).tree()).isEqualTo(List.of("c"));
        assertThat(rest.get("/channels?by=colour").code()).isEqualTo(40003);
    }

    @Test
    void areThereForThoseWhoMaySeeThem() {
        rest.listeners.put("news:a", 1);
        rest.as(TestRest.READER);
        assertThat(rest.get("/channels").list()).isEmpty();
        assertThat(rest.get("/channels/news:a").code()).isEqualTo(40160);
    }

    @Test
    void tellMembersInPages() {
        enter("one", "ann");
        enter("one", "bob");
        enter("two", "cal");
        var members = "/channels/news:a/presence";
        assertThat(rest.get(members).each("clientId")).containsExactly("ann", "bob", "cal");
        assertThat(rest.get(members).each("action")).containsOnly(1L);
        assertThat(rest.get(members + "?clientId=bob").each("connectionId")).containsExactly("one");
        assertThat(rest.get(members + "?connectionId=two").each("clientId")).containsExactly("cal");
        var page = rest.get(members + "?limit=2");
        assertThat(page.list()).hasSize(2);
        assertThat(rest.get("/channels/news:a" + page.link("next").substring(1)).each("clientId"))
                .containsExactly("cal");
    }

    private void enter(String connectionId, String clientId) {
        var member =
                new WirePresence(
                        Action.ENTER,
                        connectionId + ":0:0",
                        clientId,
                        connectionId,
                        Data.NONE,
                        1,
                        null);
        rest.channels.enter(rest.channels.find("news:a"), MemberInfo.client(member));
    }
}
