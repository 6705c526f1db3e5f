package dev.fanfare.check.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtobufTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Command | {'id':1,'connect':{'token':'t'}} | 08 01 22 03 0a 01 74",
                "Command | {'id':300} | 08 ac 02",
                "Command | {'publish':{'channel':'c','data':{}}} | 3a 07 0a 01 63 12 02 7b 7d",
                "ConnectRequest | {'subs':{'c':{'recover':true}}} | 1a 07 0a 01 63 12 02 18 01",
                "Reply | {'push':{'pub':{'data':1,'offset':2}}} | 22 07 22 05 22 01 31 30 02"
            })
    void saysInBytesWhatTheTreeSays(String message, String json, String hex) throws IOException {
        var tree = JSON.readTree(json.replace('\'', '"'));
        var bytes = HexFormat.ofDelimiter(" ").parseHex(hex);
        assertThat(Protobuf.encode(message, tree)).isEqualTo(bytes);
        assertThat(JSON.readTree(JSON.writeValueAsBytes(Protobuf.decode(message, bytes))))
                .isEqualTo(tree);
    }

    @Test
    void readsWhatComesSeveralTimes() throws IOException {
        var bytes = HexFormat.ofDelimiter(" ").parseHex("3a 02 30 01 3a 02 30 02");
        assertThat(Protobuf.decode("SubscribeResult", bytes).toString())
                .isEqualTo("{\"publications\":[{\"offset\":1},{\"offset\":2}]}");
    }

    @Test
    void passesOverFieldsThatItDoesNotKnow() throws IOException {
        var bytes =
                HexFormat.ofDelimiter(" ").parseHex("30 07 49 01 02 03 04 05 06 07 08 7a 01 78");
        assertThat(Protobuf.decode("Publication", bytes).toString()).isEqualTo("{\"offset\":7}");
    }

    @Test
    void aMessageComesBehindItsLength() throws IOException {
        var in = new ByteArrayInputStream(new byte[] {0, 2, 8, 1, 3, 8});
        assertThat(Protobuf.readDelimited(in)).isEmpty();
        assertThat(Protobuf.readDelimited(in)).containsExactly(8, 1);
        assertThatThrownBy(() -> Protobuf.readDelimited(in)).isInstanceOf(EOFException.class);
    }

    @Test
    void aLongMessageHasALongLength() throws IOException {
        var tree = JSON.createObjectNode();
        tree.put("message", "x".repeat(300));
        var bytes = Protobuf.encodeDelimited("Error", tree);
        var message = Protobuf.readDelimited(new ByteArrayInputStream(bytes));
        assertThat(new String(message, UTF_8)).endsWith("x".repeat(300));
        assertThat(Protobuf.decode("Error", message)).isEqualTo(tree);
    }
}
