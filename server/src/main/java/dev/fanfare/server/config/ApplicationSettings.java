package dev.fanfare.server.config;

import static dev.fanfare.server.config.ValueType.duration;
import static dev.fanfare.server.config.ValueType.flag;
import static dev.fanfare.server.config.ValueType.integer;
import static dev.fanfare.server.config.ValueType.path;
import static dev.fanfare.server.config.ValueType.size;
import static dev.fanfare.server.config.ValueType.text;
import static dev.fanfare.server.config.ValueType.url;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.apps.database.DatabaseOptions.Place;
import dev.fanfare.server.config.Settings.Section;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** What runs on top of the server, and where it keeps its data. */
final class ApplicationSettings {
    private static final Pattern POSTGRES =
            Pattern.compile(
                    "(?:jdbc:)?postgres(?:ql)?://(?:(?<credentials>[^@/]+)@)?(?<rest>[^@/]+/.+)");

    static final Setting<Boolean> ENABLED =
            Setting.of(
                    "applications.enabled",
                    flag(),
                    "false",
                    "true",
                    "Whether the applications run: accounts, gifts, stories, games. Development"
                            + " mode has them.");
    static final Setting<Integer> BODY_LIMIT =
            Setting.of(
                    "applications.body-limit",
                    size(Settings.KIB, Settings.MIB),
                    "64KiB",
                    "64KiB",
                    "The largest body of a request to an application.");
    static final Setting<Boolean> OUTBOX =
            Setting.of(
                    "applications.outbox",
                    flag(),
                    "false",
                    "true",
                    "Whether events are written down with what they tell of, so that they survive a"
                            + " crash before they are published.");
    static final Setting<URI> PUBLISH_URL =
            Setting.of(
                            "applications.publish-url",
                            url(
                                    "an address like http://localhost:8000",
                                    ApplicationSettings::server),
                            "",
                            "http://realtime.example.com:8002",
                            "The server that applications publish to; without it this very one.")
                    .alsoFrom("REALTIME_PUBLISH_URL");
    static final Setting<Place> DATABASE_URL =
            Setting.of(
                            "database.url",
                            url(
                                    "an address like postgresql://user:password@host:5432/fanfare",
                                    ApplicationSettings::postgres),
                            "",
                            "postgresql://fanfare:secret@localhost:5432/fanfare",
                            "The PostgreSQL that applications keep their data in.")
                    .alsoFrom("DATABASE_URL");
    static final Setting<Path> DIRECTORY =
            Setting.of(
                    "database.directory",
                    path("a directory"),
                    "",
                    "/var/lib/fanfare",
                    "Where the embedded database keeps its files, where there is no `database.url`."
                            + " Development mode keeps them in memory without it.");
    static final Setting<Integer> POOL_SIZE =
            Setting.of(
                    "database.pool-size",
                    integer(2, 1000),
                    "10",
                    "10",
                    "Connections to the database at most; its migration needs two.");
    static final Setting<Duration> PATIENCE =
            Setting.of(
                    "database.wait",
                    duration(Duration.ofMillis(250), Duration.ofMinutes(5)),
                    "30s",
                    "10s",
                    "How long a request waits for a database that is not ready, and for a"
                            + " connection; then it is answered 503.");
    static final Setting<Integer> STARTING_BALANCE =
            Setting.of(
                    "accounts.starting-balance",
                    integer(0, 1_000_000_000),
                    "0",
                    "10000",
                    "What is in a new wallet, in cents. Development mode: 10000.");
    static final Setting<Integer> ATTEMPTS =
            Setting.of(
                    "accounts.attempts-per-minute",
                    integer(1, 1_000_000),
                    "10",
                    "10",
                    "How often one address, and one name, may try to sign up or log in.");
    static final Setting<Duration> TOKEN_LIFETIME =
            Setting.of(
                    "accounts.token-lifetime",
                    duration(Duration.ofSeconds(1), Duration.ofDays(365)),
                    "24h",
                    "1h",
                    "How long the tokens hold that accounts get.");
    static final Setting<Integer> BCRYPT_COST =
            Setting.of(
                    "accounts.bcrypt-cost",
                    integer(4, 18),
                    "12",
                    "12",
                    "How much a guess of a password costs: each step more doubles it.");
    static final Setting<Integer> WAITING_PASSWORDS =
            Setting.of(
                    "accounts.waiting-passwords",
                    integer(1, 10_000),
                    "100",
                    "100",
                    "How many passwords wait at most to be hashed, which half of the processors do;"
                            + " more are answered 503.");
    static final Setting<String> ADDRESS_HEADER =
            Setting.of(
                    "accounts.address-header",
                    text("a header"),
                    "",
                    "X-Real-IP",
                    "In which header a proxy in front says who asks; of several addresses in it"
                            + " the last one counts. Only where nobody can reach the server without"
                            + " that proxy.");

    static final Section SECTION =
            new Section(
                    "Applications",
                    List.of(
                            ENABLED,
                            BODY_LIMIT,
                            OUTBOX,
                            PUBLISH_URL,
                            DATABASE_URL,
                            DIRECTORY,
                            POOL_SIZE,
                            PATIENCE,
                            STARTING_BALANCE,
                            ATTEMPTS,
                            TOKEN_LIFETIME,
                            BCRYPT_COST,
                            WAITING_PASSWORDS,
                            ADDRESS_HEADER));

    private ApplicationSettings() {}

    private static URI server(String text) {
        var address = URI.create(text);
        if (!String.valueOf(address.getScheme()).matches("https?") || address.getHost() == null) {
            throw new IllegalArgumentException("no server");
        }
        return address;
    }

    /** With user and password before the host, or as JDBC has it. */
    private static Place postgres(String text) {
        var matcher = POSTGRES.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no PostgreSQL");
        }
        var credentials = matcher.group("credentials");
        var parts = credentials == null ? new String[] {""} : credentials.split(":", 2);
        return new Place.Postgres(
                "jdbc:postgresql://" + matcher.group("rest"),
                decoded(parts[0]),
                parts.length == 1 ? "" : decoded(parts[1]));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    }
}
