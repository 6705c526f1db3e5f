package dev.fanfare.check;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The built server, in the tree that this class was built in. */
final class ServerJar {
    private static final String PLACE = "server/target/fanfare/fanfare-server.jar";

    private ServerJar() {}

    static boolean isThere() {
        return look().isPresent();
    }

    static Path find() throws IOException {
        return look().orElseThrow(
                        () ->
                                new IOException(
                                        PLACE + " is not there (expected: built by mvn package)"));
    }

    private static Optional<Path> look() {
        return Stream.iterate(here(), Objects::nonNull, Path::getParent)
                .map(directory -> directory.resolve(PLACE))
                .filter(Files::exists)
                .findFirst();
    }

    private static Path here() {
        try {
            var place = ServerJar.class.getProtectionDomain().getCodeSource().getLocation();
            return Path.of(place.toURI()).toAbsolutePath();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
