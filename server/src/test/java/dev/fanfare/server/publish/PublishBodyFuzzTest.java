package dev.fanfare.server.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.fanfare.server.publish.PublishBody.Entry;
import dev.fanfare.server.publish.PublishBody.Many;
import dev.fanfare.server.publish.PublishBody.One;
import dev.fanfare.server.publish.PublishBody.Rejected;
import java.util.Arrays;
import java.util.List;

/** Whatever is posted is taken or refused, and a payload that is taken was posted like that. */
class PublishBodyFuzzTest {
    private static final int LARGEST_PAYLOAD = 1000;

    @FuzzTest
    void parse(byte[] body) {
        for (var entry :
                entries(
                        PublishBody.parse(
                                body, new PublishLimits(LARGEST_PAYLOAD, LARGEST_PAYLOAD, 1000)))) {
            if (entry instanceof Entry.Wanted(var draft)) {
                assertThat(draft.payload().size()).isBetween(1, LARGEST_PAYLOAD);
                assertThat(holds(body, draft.payload().bytes())).isTrue();
                assertThat(parsesAlone(draft.payload().bytes())).isTrue();
            }
        }
    }

    private static List<Entry> entries(PublishBody body) {
        return switch (body) {
            case One(var entry) -> List.of(entry);
            case Many(var entries) -> entries;
            case Rejected _ -> List.of();
        };
    }

    private static boolean holds(byte[] body, byte[] part) {
        for (int at = 0; at + part.length <= body.length; at++) {
            if (Arrays.equals(body, at, at + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    private static boolean parsesAlone(byte[] payload) {
        var prefix = "{\"channel\":\"a\",\"payload\":".getBytes(UTF_8);
        var body = Arrays.copyOf(prefix, prefix.length + payload.length + 1);
        System.arraycopy(payload, 0, body, prefix.length, payload.length);
        body[body.length - 1] = '}';
        return PublishBody.parse(body, new PublishLimits(LARGEST_PAYLOAD, LARGEST_PAYLOAD, 1000))
                instanceof One(Entry.Wanted _);
    }
}
