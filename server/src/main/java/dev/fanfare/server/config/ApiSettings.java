package dev.fanfare.server.config;

import static dev.fanfare.server.config.Settings.KIB;
import static dev.fanfare.server.config.Settings.MIB;
import static dev.fanfare.server.config.ValueType.choice;
import static dev.fanfare.server.config.ValueType.flag;
import static dev.fanfare.server.config.ValueType.integer;
import static dev.fanfare.server.config.ValueType.secrets;
import static dev.fanfare.server.config.ValueType.size;

import dev.fanfare.server.access.Secret;
import dev.fanfare.server.config.ServerConfig.Api;
import dev.fanfare.server.config.Settings.Section;
import java.util.List;

/** The HTTP API that is compatible with Centrifugo's. */
final class ApiSettings {
    static final Setting<List<Secret>> KEY =
            Setting.of(
                            "api.key",
                            secrets("a key, or several separated by commas"),
                            "",
                            "\"…\"",
                            "What backends show to call `/api/…`; each of several keys is good."
                                    + " Without one every call is refused.")
                    .alsoFrom("CENTRIFUGO_API_KEY");
    static final Setting<Boolean> INSECURE =
            Setting.of(
                    "api.insecure",
                    flag(),
                    "false",
                    "true",
                    "Takes every call of the server API, without a key. Only where nobody else can"
                            + " reach the port.");
    static final Setting<String> PATH =
            Setting.of(
                    "api.path",
                    new ValueType<>("/ or a path like /api", ApiSettings::path),
                    "/api",
                    "/centrifugo/api",
                    "What stands before the methods of the server API: `/api/publish`.");
    static final Setting<Api.Errors> ERROR_MODE =
            Setting.of(
                    "api.error-mode",
                    choice(Api.Errors.class),
                    "body",
                    "transport",
                    "Whether an error is told in the body alone, with status 200, or by the HTTP"
                            + " status too.");
    static final Setting<Integer> BODY_LIMIT =
            Setting.of(
                    "api.body-limit",
                    size(KIB, 256 * MIB),
                    "8MiB",
                    "8MiB",
                    "The largest body of a call.");
    static final Setting<Integer> BATCH_LIMIT =
            Setting.of(
                    "api.batch-limit",
                    integer(1, 1_000_000),
                    "10000",
                    "10000",
                    "The most channels in one broadcast, and commands in one batch.");

    static final Section SECTION =
            new Section(
                    "Server API",
                    List.of(KEY, INSECURE, PATH, ERROR_MODE, BODY_LIMIT, BATCH_LIMIT));

    private ApiSettings() {}

    private static String path(String text) {
        if (!text.equals("/") && !text.matches("(/[A-Za-z0-9._~-]+)+")) {
            throw new IllegalArgumentException("no path");
        }
        return text;
    }
}
