package dev.fanfare.ably.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.model.ClientInfo;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchTest {
    private static final Map<String, Object> GOOD =
            Map.of("channels", List.of("a", "b"), "messages", Map.of("data", "x"));
    private static final Map<String, Object> HALF =
            Map.of("channels", List.of("a", ":b"), "messages", List.of(Map.of("data", "x")));

    private final TestRest rest = new TestRest();

    @Test
    void isAnsweredWithCounts() {
        var answer = rest.with("x-ably-version", "6").post("/messages", List.of(GOOD, HALF));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.each("successCount")).containsExactly(2L, 1L);
        assertThat(answer.each("failureCount")).containsExactly(0L, 1L);
        var results = (List<?>) answer.each("results").getLast();
        assertThat(((Map<?, ?>) results.getFirst()).get("channel")).isEqualTo("a");
        var error = (Map<?, ?>) ((Map<?, ?>) results.getLast()).get("error");
        assertThat(error.get("code")).isEqualTo(40010L);
        assertThat(rest.get("/channels/a/messages").list()).hasSize(2);
    }

    @Test
    void isAnsweredPlainlyToOlderClients() {
        rest.with("x-ably-version", "2");
        var good = rest.post("/messages", GOOD);
        assertThat(good.status()).isEqualTo(201);
        assertThat(good.each("channel")).containsExactly("a", "b");

        var half = rest.post("/messages", HALF);
        assertThat(half.status()).isEqualTo(400);
        assertThat(half.code()).isEqualTo(40020);
        assertThat((List<?>) half.map().get("batchResponse")).hasSize(2);

        assertThat(rest.post("/messages?newBatchResponse=true", HALF).each("failureCount"))
                .containsExactly(1L);
    }

    @Test
    void publishesNothingWhereAPartCannotBeRead() {
        var nowhere = Map.of("channels", List.of(), "messages", Map.of("data", "x"));
        assertThat(rest.post("/messages", List.of(GOOD, nowhere)).code()).isEqualTo(40000);
        assertThat(rest.get("/channels/a/messages").list()).isEmpty();
    }

    @Test
    void tellsTheMembersOfSeveralChannels() {
        rest.channels.enter(rest.channels.find("a"), new ClientInfo("conn:ann", "ann"));
        var answer = rest.get("/presence?channels=a,b,:c").map();
        assertThat(answer.get("successCount")).isEqualTo(2L);
        assertThat(answer.get("failureCount")).isEqualTo(1L);
        var results = (List<?>) answer.get("results");
        assertThat((List<?>) ((Map<?, ?>) results.getFirst()).get("presence")).hasSize(1);
    }

    @Test
    void isBounded() {
        var many = IntStream.range(0, 101).mapToObj(String::valueOf).toList();
        assertThat(rest.get("/presence?channels=" + String.join(",", many)).code())
                .isEqualTo(40000);
        assertThat(rest.get("/presence").code()).isEqualTo(40000);
        assertThat(rest.post("/messages", Map.of("channels", many, "messages", List.of())).code())
                .isEqualTo(40000);
        var hundred = many.subList(0, 100);
        var messages = IntStream.range(0, 11).mapToObj(i -> Map.of("data", "x")).toList();
        assertThat(rest.post("/messages", Map.of("channels", hundred, "messages", messages)).code())
                .isEqualTo(40000);
    }

    @Test
    void isRefusedWhereItIsNone() {
        assertThat(rest.post("/messages", "text").code()).isEqualTo(40000);
        assertThat(rest.post("/messages", Map.of("channels", List.of(7))).code()).isEqualTo(40000);
        assertThat(rest.ask("POST", "/messages", new byte[0]).code()).isEqualTo(40000);
    }
}
