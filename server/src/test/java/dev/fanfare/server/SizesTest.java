package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How large things may be, in the main sources of all modules. */
class SizesTest {
    private static final int LONGEST_FILE = 400;
    private static final int LONGEST_METHOD = 40;
    private static final int MOST_PARAMETERS = 7;

    /** {@code Class.method} and its like, with the reason beside it. */
    private static final Set<String> EXCEPTIONS = Set.of();

    /** The size of one thing. */
    private record Size(String name, long value) {}

    private static final List<Size> FILES = new ArrayList<>();
    private static final List<Size> METHODS = new ArrayList<>();
    private static final List<Size> PARAMETERS = new ArrayList<>();

    @BeforeAll
    static void measure() throws IOException {
        for (var module :
                List.of(
                        "client",
                        "core",
                        "protocols",
                        "harness",
                        "brokers",
                        "ably",
                        "push",
                        "apps",
                        "server",
                        "check",
                        "bench")) {
            var root = Path.of("..", module, "src/main/java");
            try (var files = Files.walk(root)) {
                measure(files.filter(file -> file.toString().endsWith(".java")).toList());
            }
        }
    }

    @Test
    void filesAreShort() {
        assertThat(tooLarge(FILES, LONGEST_FILE)).as("lines of files").isEmpty();
    }

    @Test
    void methodsAreShort() {
        assertThat(tooLarge(METHODS, LONGEST_METHOD)).as("lines of methods").isEmpty();
    }

    /** The components of a record are the parameters of its constructor. */
    @Test
    void parametersAreFew() {
        assertThat(tooLarge(PARAMETERS, MOST_PARAMETERS)).as("parameters").isEmpty();
    }

    @Test
    void exceptionsAreNeeded() {
        var names =
                Stream.of(
                                tooLargeAtAll(FILES, LONGEST_FILE),
                                tooLargeAtAll(METHODS, LONGEST_METHOD),
                                tooLargeAtAll(PARAMETERS, MOST_PARAMETERS))
                        .flatMap(sizes -> sizes.map(Size::name));
        assertThat(names).containsAll(EXCEPTIONS);
    }

    private static List<Size> tooLarge(List<Size> sizes, int limit) {
        assertThat(sizes).hasSizeGreaterThan(100);
        return tooLargeAtAll(sizes, limit)
                .filter(size -> !EXCEPTIONS.contains(size.name()))
                .toList();
    }

    private static Stream<Size> tooLargeAtAll(List<Size> sizes, int limit) {
        return sizes.stream().filter(size -> size.value() > limit);
    }

    private static void measure(List<Path> files) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var sources = manager.getJavaFileObjectsFromPaths(files);
            var task = (JavacTask) compiler.getTask(null, manager, null, null, null, sources);
            var positions = Trees.instance(task).getSourcePositions();
            for (var unit : task.parse()) {
                var source = unit.getSourceFile();
                var name = Path.of(source.getName()).getFileName().toString();
                long lines = source.getCharContent(true).toString().lines().count();
                FILES.add(new Size(name, lines));
                new Scanner(unit, positions).scan(unit, null);
            }
        }
    }

    /** Measures what is in one file. */
    private static final class Scanner extends TreePathScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;

        Scanner(CompilationUnitTree unit, SourcePositions positions) {
            this.unit = unit;
            this.positions = positions;
        }

        @Override
        public Void visitClass(ClassTree tree, Void nothing) {
            if (tree.getKind() == Tree.Kind.RECORD) {
                long components =
                        tree.getMembers().stream()
                                .filter(member -> member instanceof VariableTree)
                                .map(member -> ((VariableTree) member).getModifiers())
                                .filter(each -> !each.getFlags().contains(Modifier.STATIC))
                                .count();
                PARAMETERS.add(new Size(tree.getSimpleName().toString(), components));
            }
            return super.visitClass(tree, null);
        }

        @Override
        public Void visitMethod(MethodTree tree, Void nothing) {
            var owner = (ClassTree) getCurrentPath().getParentPath().getLeaf();
            var name = owner.getSimpleName() + "." + tree.getName();
            var lines = unit.getLineMap();
            long first = lines.getLineNumber(positions.getStartPosition(unit, tree));
            long last = lines.getLineNumber(positions.getEndPosition(unit, tree) - 1);
            METHODS.add(new Size(name, last - first + 1));
            PARAMETERS.add(new Size(name, tree.getParameters().size()));
            return super.visitMethod(tree, null);
        }
    }
}
