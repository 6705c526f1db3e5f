package dev.fanfare.protocols.ably;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.Push;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Whatever a client sends is read or refused, and what is read can be told in both formats. */
class FormatsFuzzTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

    @FuzzTest
    void json(byte[] bytes) throws Unreadable {
        isReadOrRefused(Formats.JSON, bytes);
    }

    @FuzzTest
    void msgpack(byte[] bytes) throws Unreadable {
        isReadOrRefused(Formats.MSGPACK, bytes);
    }

    private static void isReadOrRefused(Formats format, byte[] bytes) throws Unreadable {
        List<Incoming> incoming;
        try {
            incoming = format.read(bytes);
        } catch (Unreadable refused) {
            return;
        }
        for (var each : incoming) {
            if (each instanceof Incoming.Publish publish) {
                for (var message : publish.messages()) {
                    isTold(message);
                }
            }
            if (each instanceof Incoming.Presence presence) {
                for (var member : presence.members()) {
                    isTold(new Outgoing.Presence("n", null, List.of(member)));
                }
            }
        }
    }

    private static void isTold(Outgoing outgoing) throws Unreadable {
        for (var format : Formats.values()) {
            assertThat(format.readTree(format.write(outgoing))).isNotNull();
        }
    }

    private static void isTold(WireMessage message) throws Unreadable {
        var payload = Publications.payload(message);
        var published = new Message("m", message.name(), payload, null, Audience.EVERYONE);
        var publication =
                new Publication(new Channel("n"), new StreamPosition("e", 1), 1, published);
        for (var format : Formats.values()) {
            var told = new AblyEncoder(format, CLOCK).encode(new Push.Published(publication));
            var fields = Fields.of("", format.readTree(told.getFirst()));
            assertThat(MessageReader.messages(fields.value("messages")))
                    .extracting(Publications::payload)
                    .containsExactly(payload);
        }
    }
}
