package dev.fanfare.protocols.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Payload.Format;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.Command;
import dev.fanfare.core.protocol.Output;
import dev.fanfare.core.protocol.ProtocolException;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.core.protocol.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StampedCodecTest {
    private final StampedCodec codec = new StampedCodec(JsonCodec.PLAIN, 3);

    private String said(Output output) {
        return new String(codec.encode(output).getFirst(), UTF_8);
    }

    private String passedOn(String payload) {
        return said(new Push.Message(Payload.json(payload)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                            | {'schema_version':3}",
                "{ }                           | { 'schema_version':3}",
                "{'type':'a'}                  | {'type':'a','schema_version':3}",
                "` {'type':'a', 'n':1.50 } `   | ` {'type':'a', 'n':1.50 ,'schema_version':3}`",
                "{'data':{'schema_version':1}} | {'data':{'schema_version':1},'schema_version':3}",
                "{'text':'schema_version'}     | {'text':'schema_version','schema_version':3}",
                "{'a':'}'}                     | {'a':'}','schema_version':3}",
            })
    void everyObjectTellsTheVersion(String payload, String expected) {
        assertThat(passedOn(payload.replace('\'', '"'))).isEqualTo(expected.replace('\'', '"'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ \"schema_version\" : 1 , \"type\":\"a\"}",
                "{\"type\":\"a\",\"schema_version\":\"2025-01\"}",
                "{\"schema\\u005fversion\":null}",
                "[1,2]",
                "\"text\"",
                "7",
            })
    void whatTellsOneOrIsNoObjectStaysAsItIs(String payload) {
        assertThat(passedOn(payload)).isEqualTo(payload);
    }

    @Test
    void whatIsNoJsonStaysAsItIs() {
        var text = Payload.of("{no json".getBytes(UTF_8), Format.TEXT);
        assertThat(said(new Push.Message(text))).isEqualTo("{no json");
    }

    @Test
    void answersAndGapsTellItToo() {
        assertThat(said(new Output.Answer("1", new Reply.Pong())))
                .isEqualTo("{\"type\":\"pong\",\"id\":1,\"schema_version\":3}");
        assertThat(said(new Push.Gap(new Channel("news"), StreamPosition.NONE)))
                .isEqualTo("{\"type\":\"gap\",\"channel\":\"news\",\"schema_version\":3}");
    }

    @Test
    void readsAsTheCodecDoes() throws ProtocolException {
        var requests = codec.decode("{\"type\":\"ping\"}".getBytes(UTF_8), false);
        assertThat(requests.getFirst().command()).isEqualTo(new Command.Ping());
    }
}
