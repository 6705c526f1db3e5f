package dev.fanfare.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

/** permessage-deflate: only where it is configured, and only for those who offer it. */
class CompressionTest {
    private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate";
    private static final String PAYLOAD =
            "{\"type\":\"gift.received\",\"text\":\"" + "gift ".repeat(400) + "\"}";

    @Test
    void isOffUnlessConfigured() {
        try (var server = RunningServer.start();
                var socket =
                        server.socket("/ws?channels=post:1&token=" + server.token("1"), OFFER)) {
            assertThat(socket.header("sec-websocket-extensions")).isEmpty();
            publish(server);
            var frame = socket.message();
            assertThat(frame.isCompressed()).isFalse();
            assertThat(frame.text()).isEqualTo(PAYLOAD);
        }
    }

    @Test
    void compressesWithoutContextTakeoverForThoseWhoOfferIt() throws DataFormatException {
        try (var server = RunningServer.start("websocket.compression: on\n");
                var plain = server.subscriber("post:1");
                var socket =
                        server.socket("/ws?channels=post:1&token=" + server.token("1"), OFFER)) {
            assertThat(socket.header("sec-websocket-extensions"))
                    .startsWith("permessage-deflate")
                    .contains("server_no_context_takeover")
                    .contains("client_no_context_takeover");
            for (int round = 0; round < 2; round++) {
                publish(server);
                var frame = socket.message();
                assertThat(frame.isCompressed()).isTrue();
                assertThat(frame.payload()).hasSizeLessThan(PAYLOAD.length() / 2);
                assertThat(inflate(frame.payload())).isEqualTo(PAYLOAD);
                assertThat(plain.text()).isEqualTo(PAYLOAD);
            }
        }
    }

    @Test
    void sendsSmallMessagesAsTheyAre() {
        try (var server = RunningServer.start("websocket.compression: on\n");
                var socket =
                        server.socket("/ws?channels=post:1&token=" + server.token("1"), OFFER)) {
            socket.send("{\"type\":\"ping\"}");
            var frame = socket.message();
            assertThat(frame.isCompressed()).isFalse();
            assertThat(frame.text()).isEqualTo("{\"type\":\"pong\"}");
        }
    }

    private static void publish(RunningServer server) {
        server.publish("{\"channel\":\"post:1\",\"payload\":" + PAYLOAD + "}");
    }

    /** Each message by itself, with the tail that RFC 7692, section 7.2.2 adds. */
    private static String inflate(byte[] compressed) throws DataFormatException {
        var input = Arrays.copyOf(compressed, compressed.length + 4);
        input[input.length - 2] = (byte) 0xFF;
        input[input.length - 1] = (byte) 0xFF;
        try (var inflater = new Inflater(true)) {
            inflater.setInput(input);
            var output = new byte[2 * PAYLOAD.length()];
            return new String(output, 0, inflater.inflate(output), UTF_8);
        }
    }
}
