package dev.fanfare.server.cli;

import java.net.URI;
import java.util.List;

/** The option {@code --url}. */
final class Urls {
    private Urls() {}

    static void check(URI url, String plain, String secure) {
        if (url.getHost() == null || !List.of(plain, secure).contains(url.getScheme())) {
            throw CommandFailure.misused(
                    "--url: %s (expected: %s:// or %s://, then a host)"
                            .formatted(url, plain, secure));
        }
    }
}
