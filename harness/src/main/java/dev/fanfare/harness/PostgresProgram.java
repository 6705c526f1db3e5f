package dev.fanfare.harness;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of PostgreSQL, unpacked once for each process of Java. They refuse to run as root:
 * there they run as nobody. Any thread.
 */
final class PostgresProgram {
    /** Who must not have more rights than it takes to run a database. */
    private static final String NOBODY = "nobody";

    private static @Nullable Path unpacked;

    private PostgresProgram() {}

    /** Why PostgreSQL cannot run on this machine; empty: it can. */
    static Optional<String> hindrance() {
        if (PostgresProgram.class.getClassLoader().getResource(resource()) == null) {
            return Optional.of("no PostgreSQL for this machine: " + resource());
        }
        if (!isOnPath("tar")) {
            return Optional.of("no tar on the PATH, to unpack PostgreSQL");
        }
        if (isRoot() && !isOnPath("setpriv")) {
            return Optional.of(
                    "PostgreSQL does not run as root, and there is no setpriv on the PATH");
        }
        return Optional.empty();
    }

    private static String resource() {
        boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
        boolean isArm = System.getProperty("os.arch").contains("aarch64");
        return "postgres-" + (mac ? "darwin" : "linux") + (isArm ? "-arm_64" : "-x86_64") + ".txz";
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /**
     * @param name {@code initdb} or {@code postgres}
     */
    static List<String> command(String name, List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        if (isRoot()) {
            command.addAll(
                    List.of("setpriv", "--reuid", NOBODY, "--regid", group(), "--clear-groups"));
        }
        command.add(directory().resolve("bin").resolve(name).toString());
        command.addAll(arguments);
        return command;
    }

    /** Its own, and the database's: nobody else looks into it. */
    static Path dataDirectory() throws IOException {
        var directory = Files.createTempDirectory("fanfare-postgres");
        if (isRoot()) {
            var users = directory.getFileSystem().getUserPrincipalLookupService();
            Files.setOwner(directory, users.lookupPrincipalByName(NOBODY));
        }
        return directory;
    }

    /** That of nobody: called nobody on some machines, nogroup on others. */
    private static String group() throws IOException {
        var asked = new ProcessBuilder("id", "-g", NOBODY).start();
        return new String(asked.getInputStream().readAllBytes(), US_ASCII).strip();
    }

    private static synchronized Path directory() throws IOException {
        var known = unpacked;
        if (known == null) {
            known = unpack();
            unpacked = known;
        }
        return known;
    }

    private static Path unpack() throws IOException {
        var directory = Files.createTempDirectory("fanfare-postgres-programs");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> PostgresProcess.delete(directory)));
        if (!directory.toFile().setExecutable(true, false)
                || !directory.toFile().setReadable(true, false)) {
            throw new IOException(directory + " cannot be shown to others");
        }
        var tar = new ProcessBuilder("tar", "-x", "-C", directory.toString()).inheritIO();
        var unpacking = tar.redirectInput(ProcessBuilder.Redirect.PIPE).start();
        try (InputStream packed = packed();
                var files = new XZInputStream(packed);
                var target = unpacking.getOutputStream()) {
            files.transferTo(target);
        }
        if (PostgresProcess.end(unpacking) != 0) {
            throw new IOException("tar cannot unpack " + resource());
        }
        return directory;
    }

    private static InputStream packed() throws IOException {
        var packed = PostgresProgram.class.getClassLoader().getResourceAsStream(resource());
        if (packed == null) {
            throw new IOException("no PostgreSQL for this machine: " + resource());
        }
        return packed;
    }
}
