package dev.fanfare.check;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The built server, in the tree that this class was built in. */
final class ServerJar {
    private static final String PLACE = "server/target/fanfare/fanfare-server.jar";

    private ServerJar() {}

    static Path find() throws IOException {
        for (var directory = here(); directory != null; directory = directory.getParent()) {
            var jar = directory.resolve(PLACE);
            if (Files.exists(jar)) {
                return jar;
            }
        }
        throw new IOException(PLACE + " is not there (expected: built by mvn package)");
    }

    private static Path here() throws IOException {
        try {
            var place = ServerJar.class.getProtectionDomain().getCodeSource().getLocation();
            return Path.of(place.toURI()).toAbsolutePath();
        } catch (URISyntaxException impossible) {
            throw new IOException(impossible);
        }
    }
}
