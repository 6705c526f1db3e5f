package dev.fanfare.server.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.fanfare.core.channel.NameLimits;

/** Whatever stands in a catalogue's file: it is read, or the mistakes are told. Nothing else. */
class CatalogueFuzzTest {
    @FuzzTest
    void readsOrRefusesAnyText(byte[] text) {
        var problems = new Problems();
        try {
            var yaml = YamlReader.read("fuzz.yaml", new String(text, UTF_8));
            CatalogueReader.checking(problems).read(yaml, NameLimits.USUAL);
            problems.throwIfAny();
        } catch (ConfigException refused) {
            assertThat(refused.problems()).isNotEmpty();
        }
    }
}
