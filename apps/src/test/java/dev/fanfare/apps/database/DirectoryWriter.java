package dev.fanfare.apps.database;

import dev.fanfare.apps.database.DatabaseOptions.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

/** A process that writes numbers into a directory's database, and prints each that is committed. */
final class DirectoryWriter {
    private DirectoryWriter() {}

    static Process start(Path directory) {
        try {
            return new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-cp",
                            System.getProperty(
                                    "surefire.test.class.path",
                                    System.getProperty("java.class.path")),
                            "-XX:TieredStopAtLevel=1",
                            DirectoryWriter.class.getName(),
                            directory.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Database open(Path directory) {
        var place = new Place.Directory(directory);
        return Database.open(new DatabaseOptions(place, 2, Duration.ofSeconds(20)));
    }

    static void make(Database database) {
        database.inTransaction(handle -> handle.execute("create table number (n int primary key)"));
    }

    static int last(Database database) {
        return database.read(
                handle ->
                        handle.createQuery("select coalesce(max(n), 0) from number")
                                .mapTo(Integer.class)
                                .one());
    }

    /** Ends when nobody reads any more, or it is killed. */
    public static void main(String[] arguments) {
        try (var database = open(Path.of(arguments[0]))) {
            for (int n = last(database) + 1; !System.out.checkError(); n++) {
                int next = n;
                database.inTransaction(
                        handle -> handle.execute("insert into number values (?)", next));
                System.out.println(next);
            }
        }
    }
}
