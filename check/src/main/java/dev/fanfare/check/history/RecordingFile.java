package dev.fanfare.check.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;

/**
 * A recording as a file of JSON lines: the run, then one entry in each line. A fact says its type
 * as {@code publish.sent}.
 */
public final class RecordingFile {
    /** Says on the wire which fact it is. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    private interface Typed {}

    private static final ObjectMapper JSON = mapper();

    private RecordingFile() {}

    public static void write(Recording recording, Path file) throws IOException {
        try (var lines = Files.newBufferedWriter(file, UTF_8)) {
            lines.write(JSON.writeValueAsString(recording.run()));
            lines.write('\n');
            for (var entry : recording.entries()) {
                lines.write(JSON.writeValueAsString(entry));
                lines.write('\n');
            }
        }
    }

    /**
     * @throws IOException where it cannot be read, or is no recording; it names the line
     */
    public static Recording read(Path file) throws IOException {
        try (var lines = Files.newBufferedReader(file, UTF_8)) {
            var first = lines.readLine();
            if (first == null) {
                throw new IOException(file + ": empty (expected: a recording)");
            }
            var run = read(file, 1, first, Run.class);
            var entries = new ArrayList<Entry>();
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                entries.add(read(file, entries.size() + 2, line, Entry.class));
            }
            return new Recording(run, entries);
        }
    }

    private static <T> T read(Path file, int line, String text, Class<T> type) throws IOException {
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException wrong) {
            throw new IOException(
                    "%s, line %d: %s".formatted(file, line, wrong.getOriginalMessage()), wrong);
        }
    }

    private static ObjectMapper mapper() {
        var mapper =
                JsonMapper.builder()
                        .addMixIn(Fact.class, Typed.class)
                        .defaultPropertyInclusion(
                                JsonInclude.Value.empty()
                                        .withValueInclusion(JsonInclude.Include.NON_NULL))
                        .build();
        for (var group : Fact.class.getPermittedSubclasses()) {
            for (var fact : group.getPermittedSubclasses()) {
                mapper.registerSubtypes(new NamedType(fact, name(group) + "." + name(fact)));
            }
        }
        return mapper;
    }

    private static String name(Class<?> type) {
        return type.getSimpleName().toLowerCase(Locale.ROOT);
    }
}
