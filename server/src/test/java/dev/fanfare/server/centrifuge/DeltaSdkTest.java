package dev.fanfare.server.centrifuge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.protocols.delta.Fossil;
import dev.fanfare.protocols.json.JsonWriter;
import dev.fanfare.server.NodeProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Our deltas and the decoders of Centrifugo's SDK for JavaScript. */
class DeltaSdkTest {
    private static final Path SOURCE = Path.of("src/test/resources/dev/fanfare/server/centrifuge");
    private static final Path DIRECTORY = Path.of("target/centrifuge-delta");
    private static final List<String> WORDS =
            List.of(
                    "the same in all of them, and long enough to be found",
                    "ää öö üü ß ÄÖÜ",
                    "日本語日月火水木金土曜日",
                    "😀😁😂🤣😃😄",
                    "ö",
                    "Ĥ",
                    "語",
                    "😂",
                    "\"quoted\"\n\\",
                    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");

    @Test
    @Timeout(300)
    void theJavaScriptSdkUnderstandsOurDeltas() throws Exception {
        var project =
                NodeProject.install(
                        SOURCE, DIRECTORY, "package.json", "package-lock.json", "delta.test.js");
        Files.write(DIRECTORY.resolve("cases.json"), cases());

        project.run("node", "delta.test.js");
    }

    private static byte[] cases() {
        var random = new Random(1);
        var writer = new JsonWriter(1 << 16).beginArray();
        for (int count = 0; count < 300; count++) {
            write(writer, document(random), document(random));
        }
        return writer.endArray().toBytes();
    }

    private static void write(JsonWriter writer, byte[] base, byte[] target) {
        writer.beginObject()
                .member("base", base64(base))
                .member("target", base64(target))
                .member("delta", base64(Fossil.delta(base, target)))
                .member("patch")
                .string(Fossil.textDelta(base, target))
                .endObject();
    }

    /** A list of texts, of which two documents have many in common. */
    private static byte[] document(Random random) {
        var writer = new JsonWriter(256).beginArray();
        for (int left = random.nextInt(12); left > 0; left--) {
            var word = WORDS.get(random.nextInt(WORDS.size()));
            writer.string(word.repeat(1 + random.nextInt(3)).getBytes(UTF_8));
        }
        return writer.endArray().toBytes();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
