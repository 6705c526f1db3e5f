package dev.fanfare.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may use whom: the code is held to the table of docs/architecture.md, read from there. */
class DependencyTest {
    private static final String OURS = "dev.fanfare.";
    private static final String EVERYTHING = "everything";
    private static final Pattern NAME = Pattern.compile("`([a-z.]+)`");
    private static final Map<String, Set<String>> TABLE = readTable();
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.fanfare");

    static Set<String> packages() {
        return TABLE.keySet();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void usesWhatTheTableAllows(String name) {
        var allowed = TABLE.get(name);
        if (!allowed.contains(EVERYTHING)) {
            assertThat(usedBy(name)).as("what %s uses", name).isSubsetOf(allowed);
        }
    }

    @Test
    void everyPackageHasARow() {
        assertThat(ourClasses().map(DependencyTest::ours).distinct())
                .containsExactlyInAnyOrderElementsOf(TABLE.keySet());
    }

    @Test
    void adaptersIgnoreEachOther() {
        TABLE.forEach(
                (name, allowed) -> {
                    if (name.startsWith("protocols.")) {
                        assertThat(allowed)
                                .as("protocols.json and protocols.delta hold tools of all")
                                .filteredOn(other -> !other.equals("protocols.json"))
                                .filteredOn(other -> !other.equals("protocols.delta"))
                                .noneMatch(other -> other.startsWith("protocols."));
                    }
                });
    }

    @Test
    void theCoreNeedsNothingButTheJdkAndAnnotations() {
        classes()
                .that()
                .resideInAPackage("dev.fanfare.core..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "dev.fanfare.core..",
                        "org.jspecify.annotations..",
                        "com.google.errorprone.annotations..")
                .check(CLASSES);
    }

    private static Set<String> usedBy(String name) {
        return ourClasses()
                .filter(each -> ours(each).equals(name))
                .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(target -> target.getPackageName().startsWith(OURS))
                .map(DependencyTest::ours)
                .filter(other -> !other.equals(name))
                .collect(toCollection(TreeSet::new));
    }

    private static Stream<JavaClass> ourClasses() {
        return CLASSES.stream().filter(each -> !each.getSimpleName().equals("package-info"));
    }

    private static String ours(JavaClass each) {
        return each.getPackageName().substring(OURS.length());
    }

    private static Map<String, Set<String>> readTable() {
        try {
            var page = Files.readString(Path.of("../docs/architecture.md"));
            var section = page.split("\n## Who may use whom\n", 2)[1].split("\n## ", 2)[0];
            return section.lines()
                    .filter(line -> line.startsWith("| `"))
                    .map(line -> line.split("\\|", -1))
                    .collect(
                            toMap(
                                    cells -> names(cells[1]).iterator().next(),
                                    cells -> names(cells[2]),
                                    (one, other) -> {
                                        throw new IllegalStateException("two rows of one package");
                                    },
                                    TreeMap::new));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static Set<String> names(String cell) {
        if (cell.strip().equals(EVERYTHING)) {
            return Set.of(EVERYTHING);
        }
        return NAME.matcher(cell)
                .results()
                .map(MatchResult::group)
                .map(name -> name.replace("`", ""))
                .collect(toCollection(TreeSet::new));
    }
}
