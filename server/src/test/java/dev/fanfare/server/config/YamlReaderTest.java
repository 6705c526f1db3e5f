package dev.fanfare.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlReaderTest {
    private static final String EXPECTED =
            " (expected: keys with values, each key once, and no aliases, for example port: 8000)"
                    + " at a.yaml";

    @Test
    void knowsWhereEachValueStands() {
        var yaml = YamlReader.read("a.yaml", "# first\na: 1\nb:\n  - x\n  - 'y'\n");
        assertThat(yaml.members().get("a").value())
                .isEqualTo(new Yaml.Scalar("1", true, Origin.line("a.yaml", 2)));
        assertThat(yaml.members().get("b").origin()).isEqualTo(Origin.line("a.yaml", 3));
        assertThat(((Yaml.Items) yaml.members().get("b").value()).items().getLast())
                .isEqualTo(new Yaml.Scalar("y", false, Origin.line("a.yaml", 5)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'a: 1\na: 2'           | yaml: a second a                         | :2",
                "'a: &x 1\nb: *x'       | yaml: an alias                           | :2",
                "'[a]: 1'               | yaml: a key that is no text              | :1",
                "'a: 1\n---\nb: 2'      | yaml: a second document                  | :2",
                "'- a'                  | yaml: a list                             | :1",
                "word                   | yaml: word                               | :1",
                "'a: b: c'              | yaml: mapping values are not allowed here | :1",
                "'a: [1, 2'             | 'yaml: expected '','' or '']'', but got <stream end>' |"
                        + " :1",
            })
    void refusesWhatIsNoConfiguration(String text, String message, String line) {
        assertThatThrownBy(() -> YamlReader.read("a.yaml", text))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message + EXPECTED + line);
    }

    @Test
    void refusesDeepNesting() {
        assertThatThrownBy(() -> YamlReader.read("a.yaml", "a: " + "[".repeat(100_000)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("yaml: more than 50 levels" + EXPECTED + ":1");
    }

    @Test
    void refusesCharactersThatYamlDoesNotAllow() {
        assertThatThrownBy(() -> YamlReader.read("a.yaml", "a: \u0000"))
                .isInstanceOf(ConfigException.class);
    }

    @Test
    void refusesBrokenEscapes() {
        assertThatThrownBy(() -> YamlReader.read("a.yaml", "a: \"\\x"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("yaml: an escape that is none" + EXPECTED);
    }
}
