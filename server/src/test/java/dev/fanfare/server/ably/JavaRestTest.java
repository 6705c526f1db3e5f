package dev.fanfare.server.ably;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import io.ably.lib.rest.Auth.TokenParams;
import io.ably.lib.types.AblyException;
import io.ably.lib.types.ClientOptions;
import io.ably.lib.types.Message;
import io.ably.lib.types.Param;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** REST of Ably's SDK for Java, in both formats. */
@Timeout(60)
class JavaRestTest {
    private static JavaSdk sdk;

    @BeforeAll
    static void start() throws Exception {
        sdk = new JavaSdk();
    }

    @AfterAll
    static void stop() throws Exception {
        sdk.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void publishesAndReadsWhatItHasPublished(boolean binary) throws Exception {
        var rest = sdk.rest(binary);
        var channel = rest.channels.get(sdk.newChannel());
        var json = new JsonObject();
        json.addProperty("test", "This is a JSON object");
        channel.publish("text", "hello");
        channel.publish("bytes", new byte[] {1, -2, 3});
        channel.publish("json", json);
        var history = channel.history(new Param[] {new Param("direction", "forwards")});
        assertThat(names(history.items())).containsExactly("text", "bytes", "json");
        assertThat(history.items()[0].data).isEqualTo("hello");
        assertThat(history.items()[1].data).isEqualTo(new byte[] {1, -2, 3});
        assertThat(history.items()[2].data).isEqualTo(json);
    }

    @Test
    void readsInOneFormatWhatWasPublishedInTheOther() throws Exception {
        var binary = sdk.rest(true);
        var text = sdk.rest(false);
        var name = sdk.newChannel();
        binary.channels.get(name).publish("bytes", new byte[] {1, -2, 3});
        text.channels.get(name).publish("bytes", new byte[] {4, -5, 6});
        assertThat(text.channels.get(name).history(null).items()[1].data)
                .isEqualTo(new byte[] {1, -2, 3});
        assertThat(binary.channels.get(name).history(null).items()[0].data)
                .isEqualTo(new byte[] {4, -5, 6});
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void leafsThroughPages(boolean binary) throws Exception {
        var rest = sdk.rest(binary);
        var channel = rest.channels.get(sdk.newChannel());
        var messages = new ArrayList<Message>();
        for (int i = 0; i < 50; i++) {
            messages.add(new Message("m" + i, "data"));
        }
        channel.publish(messages.toArray(Message[]::new));
        var read = new ArrayList<String>();
        var page = channel.history(new Param[] {new Param("limit", "20")});
        read.addAll(names(page.items()));
        while (page.hasNext()) {
            page = page.next();
            read.addAll(names(page.items()));
        }
        assertThat(read.reversed())
                .containsExactlyElementsOf(messages.stream().map(m -> m.name).toList());
        assertThat(names(page.first().items())).hasSize(20).first().isEqualTo("m49");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void publishesOnceWhatHasOneId(boolean binary) throws Exception {
        var rest = sdk.rest(binary);
        var channel = rest.channels.get(sdk.newChannel());
        var message = new Message("name", "data");
        message.id = "mine";
        channel.publish(new Message[] {message});
        channel.publish(new Message[] {message});
        assertThat(channel.history(null).items()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tellsTheTimeAndNoStatistics(boolean binary) throws Exception {
        var rest = sdk.rest(binary);
        assertThat(rest.time()).isBetween(1_700_000_000_000L, 9_999_999_999_999L);
        assertThat(rest.stats(null).items()).isEmpty();
        var missing = rest.request("GET", "/nothing", null, null, null);
        assertThat(missing.statusCode).isEqualTo(404);
        assertThat(missing.errorCode).isEqualTo(40400);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void worksWithATokenOfLess(boolean binary) throws Exception {
        var owner = sdk.rest(binary);
        var wanted = new TokenParams();
        wanted.capability = "{\"read:*\":[\"history\"]}";
        wanted.clientId = "ann";
        var token = owner.auth.requestToken(wanted, null);
        assertThat(token.clientId).isEqualTo("ann");
        assertThat(token.capability).isEqualTo(wanted.capability);

        var options = new ClientOptions();
        var usual = sdk.options(binary);
        options.restHost = usual.restHost;
        options.port = usual.port;
        options.tls = false;
        options.useBinaryProtocol = binary;
        options.fallbackHosts = usual.fallbackHosts;
        options.logLevel = usual.logLevel;
        options.tokenDetails = token;
        var reader = sdk.rest(options);
        assertThat(reader.channels.get("read:a").history(null).items()).isEmpty();
        var refused =
                catchThrowableOfType(
                        AblyException.class,
                        () -> reader.channels.get("read:a").publish("name", "data"));
        assertThat(refused.errorInfo.code).isEqualTo(40160);
        assertThat(refused.errorInfo.statusCode).isEqualTo(401);
    }

    @Test
    void hearsWhyAKeyIsWrong() throws Exception {
        var options = sdk.options(false);
        options.key = sdk.key() + "x";
        var rest = sdk.rest(options);
        var refused =
                catchThrowableOfType(
                        AblyException.class, () -> rest.channels.get("a").history(null));
        assertThat(refused.errorInfo.code).isEqualTo(40101);
    }

    private static List<String> names(Message[] messages) {
        return Arrays.stream(messages).map(message -> message.name).toList();
    }
}
