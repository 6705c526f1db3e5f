package dev.fanfare.ably.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.channel.Draft;
import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Payload;
import dev.fanfare.protocols.ably.Formats;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private static final String MESSAGES = "/channels/news:today/messages";

    private final TestRest rest = new TestRest();

    @Test
    void areAnsweredWithTheirIdsAndSerials() {
        var one = rest.post(MESSAGES, Map.of("name", "greeting", "data", "hello"));
        assertThat(one.status()).isEqualTo(201);
        assertThat(one.map().get("channel")).isEqualTo("news:today");
        assertThat(one.map().get("messageId")).isEqualTo("base1");

        var two = rest.post(MESSAGES, List.of(Map.of("data", "a"), Map.of("data", "b")));
        assertThat((List<?>) two.map().get("serials")).hasSize(2);
        assertThat(rest.get(MESSAGES).each("id")).containsExactly("base2:1", "base2:0", "base1:0");
        assertThat(rest.get(MESSAGES).each("serial"))
                .containsSequence(((List<?>) two.map().get("serials")).reversed());
    }

    @Test
    void areTheSameInBothFormats() {
        byte[] bytes = {1, 2, -3};
        rest.in(Formats.MSGPACK).post(MESSAGES, Map.of("name", "n", "data", bytes));
        var binary = (Map<?, ?>) rest.get(MESSAGES).list().getFirst();
        assertThat((byte[]) binary.get("data")).isEqualTo(bytes);
        assertThat(binary.get("encoding")).isNull();

        var text = (Map<?, ?>) rest.in(Formats.JSON).get(MESSAGES).list().getFirst();
        assertThat(text.get("data")).isEqualTo("AQL9");
        assertThat(text.get("encoding")).isEqualTo("base64");
    }

    @Test
    void areOneWithTheSameId() {
        var message = Map.of("id", "mine", "data", "x");
        var first = rest.post(MESSAGES, message).map();
        var again = rest.post(MESSAGES, message).map();
        assertThat(again).isEqualTo(first);
        assertThat(rest.get(MESSAGES).list()).hasSize(1);
    }

    @Test
    void neitherAreWithIdsThatDoNotBelongTogether() {
        var mixed = List.of(Map.of("id", "a:0"), Map.of("id", "b:1"));
        assertThat(rest.post(MESSAGES, mixed).code()).isEqualTo(40031);
        assertThat(rest.post(MESSAGES, List.of(Map.of("id", "a:0"), Map.of())).code())
                .isEqualTo(40031);
        assertThat(rest.post(MESSAGES, Map.of("id", "", "data", "x")).code()).isEqualTo(40031);
        assertThat(rest.get(MESSAGES).list()).isEmpty();
    }

    @Test
    void doNotTakeTheIdsThatAConnectionWillGive() {
        var forged = Map.of("id", "abcdefghijkl:0:0", "data", "x");
        assertThat(rest.post(MESSAGES, forged).code()).isEqualTo(40031);
        rest.connections.put("its-key", new ClientInfo("abcdefghijkl", "ann"));
        var its = Map.of("id", "abcdefghijkl:0:0", "data", "x", "connectionKey", "its-key");
        assertThat(rest.post(MESSAGES, its).status()).isEqualTo(201);
    }

    @Test
    void areOfWhomTheyNameOrOfWhomTheKeyActsAs() {
        rest.post(MESSAGES, Map.of("clientId", "ann", "data", "x"));
        rest.with("x-ably-clientid", TestRest.base64("bob"));
        rest.post(MESSAGES, Map.of("data", "y"));
        assertThat(rest.get(MESSAGES).each("clientId")).containsExactly("bob", "ann");

        var other = rest.post(MESSAGES, Map.of("clientId", "ann", "data", "z"));
        assertThat(other.status()).isEqualTo(400);
        assertThat(other.code()).isEqualTo(40012);
    }

    @Test
    void areOfNobodyWhoseClientIdCannotBeRead() {
        rest.with("x-ably-clientid", "not base64!");
        var refused = rest.post(MESSAGES, Map.of("data", "x"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo(40012);
    }

    @Test
    void areOfAConnectionWhoseKeyTheyHave() {
        rest.connections.put("its-key", new ClientInfo("its-id", "ann"));
        rest.post(MESSAGES, Map.of("connectionKey", "its-key", "data", "x"));
        var message = (Map<?, ?>) rest.get(MESSAGES).list().getFirst();
        assertThat(message.get("connectionId")).isEqualTo("its-id");
        assertThat(message.get("clientId")).isEqualTo("ann");

        var unknown = rest.post(MESSAGES, Map.of("connectionKey", "another", "data", "x"));
        assertThat(unknown.code()).isEqualTo(40006);
    }

    @Test
    void areRefusedThatCannotBe() {
        assertThat(rest.post(MESSAGES, Map.of("data", 7)).code()).isEqualTo(40013);
        assertThat(rest.post(MESSAGES, List.of(Map.of("data", true))).code()).isEqualTo(40013);
        assertThat(rest.post(MESSAGES, List.of()).code()).isEqualTo(40000);
        assertThat(rest.post(MESSAGES, "text").code()).isEqualTo(40000);
        assertThat(rest.ask("POST", MESSAGES, new byte[] {'{'}).code()).isEqualTo(40000);
        assertThat(rest.post(MESSAGES + "?_forceNack=true", Map.of()).code()).isEqualTo(40099);

        var large = rest.post(MESSAGES, Map.of("data", "x".repeat(65_537)));
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.code()).isEqualTo(40009);
    }

    @Test
    void arePublishedOnlyWhereTheCapabilityHasIt() {
        rest.as(TestRest.READER);
        assertThat(rest.post(MESSAGES, Map.of("data", "x")).code()).isEqualTo(40160);
        assertThat(rest.get(MESSAGES).status()).isEqualTo(200);
        assertThat(rest.get("/channels/else/messages").code()).isEqualTo(40160);
        assertThat(rest.get("/channels/%3Abad/messages").code()).isEqualTo(40010);
    }

    @Test
    void areThereUnderTheirSerial() {
        var serials = (List<?>) rest.post(MESSAGES, Map.of("data", "x")).map().get("serials");
        rest.post(MESSAGES, Map.of("data", "y"));
        var found = rest.get(MESSAGES + "/" + serials.getFirst());
        assertThat(found.map().get("data")).isEqualTo("x");
        assertThat(rest.get(MESSAGES + "/nothing").code()).isEqualTo(40400);
    }

    @Test
    void stayAsTheyWerePublished() {
        var serials = (List<?>) rest.post(MESSAGES, Map.of("data", "x")).map().get("serials");
        var change = Map.of("action", 1, "serial", serials.getFirst(), "data", "y");
        assertThat(rest.post(MESSAGES, change).code()).isEqualTo(93002);
        var patched =
                rest.ask(
                        "PATCH",
                        MESSAGES + "/" + serials.getFirst(),
                        Formats.JSON.writeTree(change));
        assertThat(patched.status()).isEqualTo(400);
        assertThat(patched.code()).isEqualTo(93002);
        assertThat(rest.get(MESSAGES).each("data")).containsExactly("x");
    }

    @Test
    void comeInPagesThatLeadToEachOther() {
        publish(7);
        for (var direction : List.of("forwards", "backwards")) {
            var seen = new ArrayList<Object>();
            var page = rest.get(MESSAGES + "?limit=3&direction=" + direction);
            assertThat(page.link("first")).startsWith("./messages?");
            while (page.link("next") != null) {
                assertThat(page.list()).hasSize(3);
                seen.addAll(page.each("data"));
                page = rest.get("/channels/news:today" + page.link("next").substring(1));
            }
            seen.addAll(page.each("data"));
            var all = IntStream.range(0, 7).<Object>mapToObj(String::valueOf).toList();
            assertThat(seen)
                    .containsExactlyElementsOf(direction.equals("forwards") ? all : all.reversed());
        }
    }

    @Test
    void areFoundByTheirTime() {
        publish(2_500); // more than are read at once, a second apart
        long start = 1_800_000_000_000L;
        var span = "?start=%d&end=%d".formatted(start + 20_000, start + 22_000);
        assertThat(rest.get(MESSAGES + span).each("data")).containsExactly("22", "21", "20");
        assertThat(rest.get(MESSAGES + span + "&direction=forwards").each("data"))
                .containsExactly("20", "21", "22");
        assertThat(rest.get(MESSAGES + "?start=5&end=4").code()).isEqualTo(40003);
    }

    @Test
    void areThoseUntilASerialWhereAClientHasBegunToHearThem() {
        publish(3);
        var serial = (String) rest.get(MESSAGES).each("serial").getFirst();
        publish(3);
        var until = serial.substring(0, serial.lastIndexOf(':'));
        for (var parameter : List.of("from_serial", "fromSerial")) {
            assertThat(rest.get(MESSAGES + "?" + parameter + "=" + until).each("data"))
                    .containsExactly("2", "1", "0");
        }
        assertThat(rest.get(MESSAGES + "?fromSerial=none").code()).isEqualTo(40003);
    }

    @Test
    void areKeptFromThoseWhomTheyAreKeptFromInTheHistoryToo() {
        rest.channels.publish(
                new Draft(
                        "news:today",
                        null,
                        null,
                        Payload.json("1"),
                        new Audience.ExceptUser("ann")));
        rest.with("x-ably-clientid", TestRest.base64("ann"));
        assertThat(rest.get(MESSAGES).list()).isEmpty();
        rest.with("x-ably-clientid", TestRest.base64("bob"));
        assertThat(rest.get(MESSAGES).list()).hasSize(1);
    }

    @Test
    void areAskedForWithinBounds() {
        for (var limit : List.of("0", "1001", "-1", "many")) {
            assertThat(rest.get(MESSAGES + "?limit=" + limit).code()).isEqualTo(40003);
        }
        assertThat(rest.get(MESSAGES + "?direction=sideways").code()).isEqualTo(40003);
    }

    private void publish(int count) {
        for (int i = 0; i < count; i++) {
            rest.post(MESSAGES, Map.of("data", String.valueOf(i)));
            rest.now.addAndGet(1_000);
        }
    }
}
