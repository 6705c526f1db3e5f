package dev.fanfare.server.config;

import static dev.fanfare.server.config.Settings.KIB;
import static dev.fanfare.server.config.Settings.MIB;
import static dev.fanfare.server.config.ValueType.duration;
import static dev.fanfare.server.config.ValueType.flag;
import static dev.fanfare.server.config.ValueType.integer;
import static dev.fanfare.server.config.ValueType.secrets;
import static dev.fanfare.server.config.ValueType.size;

import dev.fanfare.server.access.Secret;
import dev.fanfare.server.config.Settings.Section;
import java.time.Duration;
import java.util.List;

/** The protocol and the REST API that are compatible with Ably's. */
final class AblySettings {
    /** The list in the file: keys with something to say about each. */
    static final String KEYS = "ably.keys";

    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    static final Setting<Boolean> ENABLED =
            Setting.of(
                    "ably.enabled",
                    flag(),
                    "true",
                    "false",
                    "Serves the protocol and the REST API that are compatible with Ably's, where"
                            + " there is a key.");
    static final Setting<List<Secret>> KEY =
            Setting.of(
                            "ably.key",
                            secrets("appId.keyId:secret, or several separated by commas"),
                            "",
                            "\"…\"",
                            "Keys that everything is allowed with, as in `appId.keyId:secret`. Keys"
                                    + " with less are in the file, as `ably.keys`.")
                    .alsoFrom("ABLY_API_KEY");
    static final Setting<Duration> TOKEN_LIFETIME =
            Setting.of(
                    "ably.token-lifetime",
                    duration(SECOND, DAY),
                    "1h",
                    "1h",
                    "How long a token lives where nobody asks for anything else; tokens that can be"
                            + " revoked an hour at most.");
    static final Setting<Duration> LONGEST_TOKEN_LIFETIME =
            Setting.of(
                    "ably.longest-token-lifetime",
                    duration(SECOND, DAY.multipliedBy(365)),
                    "24h",
                    "24h",
                    "The longest life of a token that can be asked for. JWTs are not held to it.");
    static final Setting<Integer> MESSAGE_SIZE =
            Setting.of(
                    "ably.message-size",
                    size(KIB, 16 * MIB),
                    "64KiB",
                    "256KiB",
                    "The largest message. It must fit into `limits.outbound-buffer`.");
    static final Setting<Integer> FRAME_SIZE =
            Setting.of(
                    "ably.frame-size",
                    size(KIB, 64 * MIB),
                    "512KiB",
                    "512KiB",
                    "The largest frame, and the largest body of a request.");
    static final Setting<Integer> CHANNELS =
            Setting.of(
                    "ably.channels-per-connection",
                    integer(1, 100_000),
                    "200",
                    "200",
                    "Channels that one connection may be attached to.");
    static final Setting<Integer> MEMBERS =
            Setting.of(
                    "ably.members-per-channel",
                    integer(1, 100_000),
                    "250",
                    "250",
                    "Members that a channel may have.");
    static final Setting<Integer> REWIND =
            Setting.of(
                    "ably.rewind-limit",
                    integer(1, 100_000),
                    "100",
                    "100",
                    "Messages that an attachment may begin with, by `rewind`.");
    static final Setting<Duration> CONNECTION_STATE =
            Setting.of(
                    "ably.connection-state",
                    duration(SECOND, HOUR),
                    "2m",
                    "2m",
                    "How long a connection that was lost can be resumed.");
    static final Setting<Duration> PRESENCE_GRACE =
            Setting.of(
                    "ably.presence-grace",
                    duration(MILLISECOND, HOUR),
                    "15s",
                    "15s",
                    "How long the members of a connection that was lost are still present.");
    static final Setting<Duration> MAX_IDLE =
            Setting.of(
                    "ably.max-idle",
                    duration(SECOND, HOUR),
                    "15s",
                    "15s",
                    "The longest time in which a connection is sent nothing.");
    static final Setting<Boolean> SANDBOX =
            Setting.of(
                    "ably.sandbox",
                    flag(),
                    "false",
                    "true",
                    "Lets anybody make applications with `POST /apps`, for tests. In development"
                            + " mode only, where it is the usual thing.");
    static final Setting<Integer> SANDBOX_APPS =
            Setting.of(
                    "ably.sandbox-apps",
                    integer(1, 100_000),
                    "500",
                    "500",
                    "Applications of the sandbox; for one more the oldest ends.");
    static final Setting<Duration> SANDBOX_LIFETIME =
            Setting.of(
                    "ably.sandbox-lifetime",
                    duration(SECOND, DAY),
                    "1h",
                    "10m",
                    "After that time an application of the sandbox ends that nobody has deleted.");

    static final Section SECTION =
            new Section(
                    "Protocol compatible with Ably",
                    List.of(
                            ENABLED,
                            KEY,
                            TOKEN_LIFETIME,
                            LONGEST_TOKEN_LIFETIME,
                            MESSAGE_SIZE,
                            FRAME_SIZE,
                            CHANNELS,
                            MEMBERS,
                            REWIND,
                            CONNECTION_STATE,
                            PRESENCE_GRACE,
                            MAX_IDLE,
                            SANDBOX,
                            SANDBOX_APPS,
                            SANDBOX_LIFETIME));

    private AblySettings() {}
}
