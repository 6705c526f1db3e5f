package dev.fanfare.ably.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CapabilityPropertyTest {
    @Property
    void anIntersectionAllowsExactlyWhatBothAllow(
            @ForAll("capabilities") Capability one,
            @ForAll("capabilities") Capability other,
            @ForAll("channels") String channel) {
        var both = EnumSet.noneOf(Operation.class);
        both.addAll(one.on(channel));
        both.retainAll(other.on(channel));

        assertThat(one.intersect(other).on(channel)).isEqualTo(both);
    }

    @Property
    void theOrderOfAnIntersectionDoesNotMatter(
            @ForAll("capabilities") Capability one, @ForAll("capabilities") Capability other) {
        assertThat(one.intersect(other)).isEqualTo(other.intersect(one));
    }

    @Property
    void theFullCapabilityTakesNothingAway(@ForAll("capabilities") Capability capability) {
        assertThat(Capability.FULL.intersect(capability)).isEqualTo(capability);
    }

    @Property
    void aCapabilityIsWhatItsTextSays(@ForAll("capabilities") Capability capability) throws Denied {
        assertThat(Capability.parse(capability.text())).isEqualTo(capability);
        assertThat(Capability.parse(capability.text()).text()).isEqualTo(capability.text());
    }

    @Property
    void whatIsAllowedIsWhatAFamilyOfNamesAllows(
            @ForAll("capabilities") Capability capability, @ForAll("channels") String channel) {
        for (var operation : Operation.values()) {
            assertThat(capability.allows(operation, channel))
                    .isEqualTo(capability.on(channel).contains(operation));
        }
    }

    /** Few parts, so that they meet. */
    @Provide
    Arbitrary<String> channels() {
        return names(Arbitraries.of("", "[meta]", "[queue]"), Arbitraries.of("a", "b", "c", ""));
    }

    @Provide
    Arbitrary<Capability> capabilities() {
        var resources =
                names(
                        Arbitraries.of("", "", "[meta]", "[*]"),
                        Arbitraries.of("a", "b", "*", "*", "a*"));
        var operations =
                Arbitraries.of("publish", "subscribe", "presence", "history")
                        .set()
                        .ofMinSize(1)
                        .map(words -> List.copyOf(words));
        return Arbitraries.maps(
                        resources, Arbitraries.oneOf(operations, Arbitraries.just(List.of("*"))))
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(CapabilityPropertyTest::capability);
    }

    private static Arbitrary<String> names(Arbitrary<String> types, Arbitrary<String> parts) {
        var names = parts.list().ofMinSize(1).ofMaxSize(4).map(all -> String.join(":", all));
        return Combinators.combine(types, names).as(String::concat);
    }

    private static Capability capability(Map<String, List<String>> tree) {
        try {
            return Capability.of(tree);
        } catch (Denied denied) {
            throw new IllegalStateException(denied);
        }
    }
}
