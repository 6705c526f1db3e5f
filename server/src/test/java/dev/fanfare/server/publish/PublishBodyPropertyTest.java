package dev.fanfare.server.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.channel.Draft;
import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Payload;
import dev.fanfare.protocols.json.JsonWriter;
import dev.fanfare.server.publish.PublishBody.Entry;
import dev.fanfare.server.publish.PublishBody.Many;
import dev.fanfare.server.publish.PublishBody.One;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every payload, however it is spaced. */
class PublishBodyPropertyTest {
    private static final int LARGEST_PAYLOAD = 1 << 20;

    @Property
    void thePayloadIsTheBytesThatWerePosted(
            @ForAll("values") String payload,
            @ForAll("spaces") String before,
            @ForAll("spaces") String after) {
        var body = "{\"channel\":\"a\",\"payload\":" + before + payload + after + "}";

        assertThat(((One) parse(body)).entry()).isEqualTo(wanted(payload));
    }

    @Property(tries = 300)
    void everyPayloadOfAnArrayIsTheBytesThatWerePosted(@ForAll("arrays") List<String> payloads) {
        var members =
                payloads.stream()
                        .map(payload -> "{\"payload\": " + payload + " ,\"channel\":\"a\"}")
                        .toList();
        var body = "[" + String.join(" , ", members) + "]";

        assertThat(((Many) parse(body)).entries())
                .isEqualTo(payloads.stream().map(PublishBodyPropertyTest::wanted).toList());
    }

    @Provide
    Arbitrary<List<String>> arrays() {
        return values().list().ofMaxSize(5);
    }

    /** Valid JSON with odd white space; keys are numbered, so none comes twice in an object. */
    @Provide
    Arbitrary<String> values() {
        return Arbitraries.recursive(this::scalars, this::containers, 0, 3);
    }

    @Provide
    Arbitrary<String> spaces() {
        return Arbitraries.strings().withChars(" \t\r\n").ofMaxLength(3);
    }

    private Arbitrary<String> scalars() {
        var words =
                Arbitraries.of(
                        "true", "false", "null", "0", "-0", "1e9", "-12.50E-3", "\"\"", "{}", "[]");
        return Arbitraries.oneOf(words, strings(), Arbitraries.longs().map(String::valueOf));
    }

    private static Arbitrary<String> strings() {
        return Arbitraries.strings()
                .ofMaxLength(20)
                .map(text -> new String(new JsonWriter(8).string(text).toBytes(), UTF_8));
    }

    private Arbitrary<String> containers(Arbitrary<String> element) {
        return Combinators.combine(
                        element.list().ofMaxSize(4), spaces(), Arbitraries.of(true, false))
                .as(
                        (elements, space, object) ->
                                object ? object(elements, space) : array(elements, space));
    }

    private static String array(List<String> elements, String space) {
        return "[" + space + String.join(space + "," + space, elements) + space + "]";
    }

    private static String object(List<String> elements, String space) {
        var members = new ArrayList<String>();
        for (var element : elements) {
            members.add("\"k" + members.size() + "\"" + space + ":" + space + element);
        }
        return "{" + space + String.join(space + "," + space, members) + space + "}";
    }

    private static PublishBody parse(String body) {
        return PublishBody.parse(
                body.getBytes(UTF_8), new PublishLimits(LARGEST_PAYLOAD, LARGEST_PAYLOAD, 1000));
    }

    private static Entry wanted(String payload) {
        return new Entry.Wanted(
                new Draft("a", null, null, Payload.json(payload), Audience.EVERYONE));
    }
}
