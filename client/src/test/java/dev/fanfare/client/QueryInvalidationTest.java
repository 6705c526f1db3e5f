package dev.fanfare.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueryInvalidationTest {
    @Test
    void isAMessageOfItsType() {
        assertThat(json(QueryInvalidation.of("user", "notifications")))
                .isEqualTo(
                        "{\"type\":\"query-invalidation\",\"queryKey\":[\"user\",\"notifications\"]}");
    }

    @Test
    void takesEveryKeyThatJsonHasAFormFor() {
        var key =
                QueryInvalidation.of(
                        List.of("user", "byId"),
                        Map.of("input", 7L),
                        null,
                        true,
                        1.5,
                        (short) 3,
                        new BigDecimal("1.10"),
                        BigInteger.TWO.pow(64));

        assertThat(json(key))
                .endsWith(
                        "\"queryKey\":[[\"user\",\"byId\"],{\"input\":7},null,true,1.5,3,1.10,"
                                + "18446744073709551616]}");
    }

    @Test
    void maySayMore() {
        assertThat(json(QueryInvalidation.of("user").with("by", "ann").with("why", null)))
                .endsWith("\"queryKey\":[\"user\"],\"by\":\"ann\",\"why\":null}");
    }

    @Test
    void keepsItsOwnMembers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QueryInvalidation.of("user").with("type", "other"))
                .withMessageStartingWith("more: type");
    }

    @Test
    void refusesWhatJsonHasNoFormFor() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> json(QueryInvalidation.of(Instant.EPOCH)))
                .withMessageStartingWith("message: java.time.Instant 1970");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> json(QueryInvalidation.of(Double.NaN)))
                .withMessageStartingWith("message: java.lang.Double NaN");
    }

    private static String json(Message message) {
        return Json.write(message.members());
    }
}
