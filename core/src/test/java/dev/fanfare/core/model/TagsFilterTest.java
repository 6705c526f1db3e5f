package dev.fanfare.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.core.model.TagsFilter.Decimal.Order;
import dev.fanfare.core.model.TagsFilter.Text.Relation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagsFilterTest {
    private static final TagsFilter A = new TagsFilter.Exists("a");
    private static final TagsFilter B = new TagsFilter.Exists("b");

    @ParameterizedTest
    @CsvSource({
        "EQUALS, tea, tea, true",
        "EQUALS, tea, team, false",
        "STARTS_WITH, tea, team, true",
        "STARTS_WITH, tea, tea, true",
        "STARTS_WITH, tea, steam, false",
        "ENDS_WITH, am, team, true",
        "ENDS_WITH, am, teams, false",
        "CONTAINS, ea, team, true",
        "CONTAINS, ee, team, false",
        "CONTAINS, '', team, true"
    })
    void comparesTexts(Relation relation, String value, String tag, boolean matches) {
        assertThat(new TagsFilter.Text("a", relation, value).matches(Map.of("a", tag)))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "LESS, 10, 9, true",
        "LESS, 10, 10, false",
        "LESS, 0.1, 0.09, true",
        "LESS, -1, -1.5, true",
        "AT_MOST, 10, 10.00, true",
        "AT_MOST, 10, 10.01, false",
        "MORE, 10, 100, true",
        "MORE, 9007199254740992, 9007199254740993, true",
        "MORE, 10, 10, false",
        "AT_LEAST, 10, 010, true",
        "AT_LEAST, +10, 9.99, false",
        "AT_LEAST, 1, ten, false",
        "AT_LEAST, ten, 11, false",
        "AT_LEAST, 1, 1e3, false",
        "AT_LEAST, 1, '', false",
        "AT_LEAST, 1, 2., false",
        "AT_LEAST, 1, ' 2', false"
    })
    void comparesDecimalNumbers(Order order, String value, String tag, boolean matches) {
        assertThat(new TagsFilter.Decimal("a", order, value).matches(Map.of("a", tag)))
                .isEqualTo(matches);
    }

    @Test
    void takesNoEndlessNumbers() {
        var filter = new TagsFilter.Decimal("a", Order.MORE, "1");

        assertThat(filter.matches(Map.of("a", "9".repeat(64)))).isTrue();
        assertThat(filter.matches(Map.of("a", "9".repeat(65)))).isFalse();
    }

    @Test
    void knowsOneOfSeveral() {
        var filter = new TagsFilter.In("a", Set.of("x", "y"));

        assertThat(filter.matches(Map.of("a", "y"))).isTrue();
        assertThat(filter.matches(Map.of("a", "z"))).isFalse();
        assertThat(new TagsFilter.In("a", Set.of()).matches(Map.of("a", "x"))).isFalse();
    }

    @Test
    void aMissingTagEqualsNothingAndIsAmongTheEmpty() {
        var none = Map.<String, String>of();

        for (var relation : Relation.values()) {
            assertThat(new TagsFilter.Text("a", relation, "").matches(none)).isFalse();
        }
        for (var order : Order.values()) {
            assertThat(new TagsFilter.Decimal("a", order, "0").matches(none)).isFalse();
        }
        assertThat(A.matches(none)).isFalse();
        assertThat(new TagsFilter.In("a", Set.of("x")).matches(none)).isFalse();
        assertThat(new TagsFilter.In("a", Set.of("x", "")).matches(none)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "false, false, false, false",
        "true, false, false, true",
        "false, true, false, true",
        "true, true, true, true"
    })
    void combines(boolean a, boolean b, boolean both, boolean any) {
        var tags = new HashMap<String, String>();
        if (a) {
            tags.put("a", "");
        }
        if (b) {
            tags.put("b", "");
        }

        assertThat(new TagsFilter.AllOf(List.of(A, B)).matches(tags)).isEqualTo(both);
        assertThat(new TagsFilter.AnyOf(List.of(A, B)).matches(tags)).isEqualTo(any);
        assertThat(new TagsFilter.Not(A).matches(tags)).isEqualTo(!a);
        assertThat(TagsFilter.EVERYTHING.matches(tags)).isTrue();
    }

    @Test
    void cannotBeMadeOfNothing() {
        assertThatThrownBy(() -> new TagsFilter.AllOf(List.of()))
                .hasMessage("parts: none (expected: one or more)");
        assertThatThrownBy(() -> new TagsFilter.AnyOf(List.of()))
                .hasMessage("parts: none (expected: one or more)");
        assertThatThrownBy(() -> new TagsFilter.Exists(""))
                .hasMessage("key: nothing (expected: a tag's name)");
    }
}
