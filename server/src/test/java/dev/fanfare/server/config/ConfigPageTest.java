package dev.fanfare.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigPageTest {
    /** Tests run in their module's directory. */
    private static final Path PAGE = Path.of("../docs/configuration.md");

    @TempDir private Path directory;

    /** Where this fails, it says how to write the page anew. */
    @Test
    void thePageSaysWhatTheCodeSays() throws IOException {
        if (Boolean.getBoolean("fanfare.write-docs")) {
            Files.writeString(PAGE, ConfigPage.text());
        }
        assertThat(PAGE)
                .as("to write it anew: mvn verify -Dfanfare.write-docs=true")
                .content()
                .isEqualTo(ConfigPage.text());
    }

    @Test
    void itsExamplesAreRight() {
        var examples = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
        assertThat(examples.matcher(ConfigPage.text()).results())
                .isNotEmpty()
                .allSatisfy(
                        example -> {
                            var config = new TestConfig(directory).yaml(example.group(1));
                            assertThat(config.mistakes()).as(example.group()).isEmpty();
                        });
    }
}
