package dev.fanfare.core.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.access.AccessRule;
import dev.fanfare.core.broker.Retention;
import dev.fanfare.core.channel.Catalogue.Entry;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** The catalogue finds what a slow matcher made of regular expressions finds. */
class CataloguePropertyTest {
    private static final List<String> TYPES =
            List.of("", "positive-integer", "slug", "segment", "name", "user-id", "rest");

    /** One part of a pattern: a text, or a variable of a type. */
    record Part(String type, String text) {
        boolean isLiteral() {
            return type.isEmpty();
        }

        String regex() {
            return switch (type) {
                case "" -> "(" + Pattern.quote(text) + ")";
                case "positive-integer" -> "((?!9223372036854775808)[1-9][0-9]{0,18})";
                case "slug" -> "([a-z0-9]+(?:-[a-z0-9]+)*)";
                case "segment" -> "([^:*]+)";
                case "name" -> "([^:]+)";
                case "user-id" -> "(.+?)";
                default -> "(.*?)";
            };
        }
    }

    /** A pattern as the reference sees it. */
    record Reference(List<Part> parts) {
        String text() {
            return IntStream.range(0, parts.size())
                    .mapToObj(this::partText)
                    .collect(Collectors.joining(":"));
        }

        private String partText(int index) {
            var part = parts.get(index);
            if (part.isLiteral()) {
                return part.text();
            }
            return "{v" + index + (part.type().equals("rest") ? "..." : "") + "}";
        }

        String ranks() {
            return parts.stream()
                            .map(part -> "" + TYPES.indexOf(part.type()))
                            .collect(Collectors.joining())
                    + "9";
        }

        String shape() {
            return parts.stream()
                    .map(
                            part ->
                                    part.type().equals("rest")
                                            ? "user-id="
                                            : part.type() + "=" + part.text())
                    .collect(Collectors.joining(":"));
        }

        boolean isValid() {
            var early = parts.subList(0, parts.size() - 1);
            return early.stream().noneMatch(part -> part.type().equals("rest"))
                    && early.stream().filter(part -> part.type().equals("user-id")).count() <= 1;
        }

        @Nullable Map<String, String> match(String name) {
            var regex = parts.stream().map(Part::regex).collect(Collectors.joining(":"));
            var matcher = Pattern.compile(regex, Pattern.DOTALL).matcher(name);
            if (name.isEmpty() || !matcher.matches()) {
                return null;
            }
            return IntStream.range(0, parts.size())
                    .filter(i -> !parts.get(i).isLiteral())
                    .boxed()
                    .collect(Collectors.toMap(i -> "v" + i, i -> matcher.group(i + 1)));
        }

        ChannelPattern compiled() {
            var types =
                    IntStream.range(0, parts.size())
                            .filter(i -> VariableType.named(parts.get(i).type()).isPresent())
                            .boxed()
                            .collect(
                                    Collectors.toMap(
                                            i -> "v" + i,
                                            i ->
                                                    VariableType.named(parts.get(i).type())
                                                            .orElseThrow()));
            return ChannelPattern.parse(text(), types);
        }
    }

    @Property(tries = 5000)
    void findsWhatTheReferenceFinds(
            @ForAll("catalogues") List<Reference> references, @ForAll("names") String name) {
        var catalogue =
                new Catalogue(references.stream().map(CataloguePropertyTest::entry).toList());
        var expected =
                references.stream()
                        .filter(reference -> reference.match(name) != null)
                        .min(Comparator.comparing(Reference::ranks));
        var found = catalogue.find(name);
        assertThat(found == null ? null : found.variables())
                .isEqualTo(expected.map(reference -> reference.match(name)).orElse(null));
        assertThat(found == null ? null : found.rules().events().keySet())
                .isEqualTo(
                        expected.map(reference -> Map.of(reference.text(), "").keySet())
                                .orElse(null));
    }

    private static Entry entry(Reference reference) {
        var access =
                new ChannelRules.Access(
                        AccessRule.EVERYONE,
                        AccessRule.NOBODY,
                        AccessRule.NOBODY,
                        AccessRule.NOBODY);
        var mark = new EventContract(reference.text(), PayloadSchema.ANYTHING);
        var rules =
                new ChannelRules(
                        access,
                        new Retention(0, Duration.ZERO),
                        false,
                        Map.of(reference.text(), mark));
        return new Entry(reference.compiled(), rules);
    }

    @Provide
    Arbitrary<List<Reference>> catalogues() {
        var literal = Arbitraries.of("a", "b", "1", "p-q").map(text -> new Part("", text));
        var variable =
                Arbitraries.of(TYPES.subList(1, TYPES.size())).map(type -> new Part(type, ""));
        return Arbitraries.oneOf(literal, variable)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(Reference::new)
                .filter(Reference::isValid)
                .list()
                .ofMinSize(1)
                .ofMaxSize(12)
                .map(CataloguePropertyTest::distinct);
    }

    private static List<Reference> distinct(List<Reference> references) {
        var seen = new HashSet<String>();
        return references.stream().filter(reference -> seen.add(reference.shape())).toList();
    }

    @Provide
    Arbitrary<String> names() {
        var parts =
                List.of(
                        "a",
                        "b",
                        "1",
                        "p-q",
                        "01",
                        "*",
                        "",
                        "A",
                        "-",
                        "9223372036854775807",
                        "9223372036854775808");
        return Arbitraries.of(parts)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(name -> String.join(":", name));
    }
}
