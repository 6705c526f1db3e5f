package dev.fanfare.server.websocket;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import me.normanmaurer.maven.autobahntestsuite.AutobahnTestSuite;
import org.json.simple.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.python.util.PythonInterpreter;

/**
 * The Autobahn test suite against an echo server: its base cases, or those that the system property
 * {@code autobahn.cases} names. All of them:
 *
 * <pre>
 * mvn test -pl server -am -Dtest=AutobahnTest -Dautobahn.cases='*' -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 *
 * <p>Its report is {@code server/target/autobahntestsuite-reports/index.html}.
 */
class AutobahnTest {
    private static final String BASE_CASES = "1.*,2.*,3.*,4.*,5.*,6.*,7.*,10.*";

    /** The largest message of the suite. */
    private static final int MAX_MESSAGE_SIZE = 16 * 1024 * 1024;

    private static final Set<String> GOOD = Set.of("OK", "INFORMATIONAL");
    private static final Path TARGET = Path.of("target");

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void passes() throws Exception {
        Path index = TARGET.resolve("autobahntestsuite-reports/index.json");
        try (var server = TestServer.echo(MAX_MESSAGE_SIZE)) {
            run("ws://127.0.0.1:" + server.port());
        }

        JsonNode results = new ObjectMapper().readTree(index.toFile()).path("Fanfare");
        System.out.println("Autobahn: " + counts(results));
        assertThat(results).isNotEmpty();
        assertThat(results.properties())
                .allMatch(result -> isGood(result, "behavior") && isGood(result, "behaviorClose"));
    }

    private static void run(String address) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String cases = System.getProperty("autobahn.cases", BASE_CASES);
        var client =
                new ProcessBuilder(
                                java,
                                "-cp",
                                classPath(),
                                AutobahnClient.class.getName(),
                                address,
                                cases)
                        .redirectErrorStream(true)
                        .redirectOutput(TARGET.resolve("autobahn.log").toFile())
                        .start();
        try {
            assertThat(client.waitFor()).as("exit code, see target/autobahn.log").isZero();
        } finally {
            client.destroy();
        }
    }

    private static String classPath() {
        return Stream.of(
                        AutobahnClient.class,
                        AutobahnTestSuite.class,
                        PythonInterpreter.class,
                        JSONObject.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .collect(joining(File.pathSeparator));
    }

    private static boolean isGood(Map.Entry<String, JsonNode> result, String what) {
        return GOOD.contains(result.getValue().path(what).asText());
    }

    private static Map<String, Long> counts(JsonNode results) {
        return results.valueStream()
                .collect(
                        groupingBy(
                                result -> result.path("behavior").asText(),
                                TreeMap::new,
                                counting()));
    }
}
