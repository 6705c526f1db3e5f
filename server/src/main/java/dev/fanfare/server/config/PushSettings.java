package dev.fanfare.server.config;

import static dev.fanfare.server.config.ValueType.choice;
import static dev.fanfare.server.config.ValueType.duration;
import static dev.fanfare.server.config.ValueType.integer;
import static dev.fanfare.server.config.ValueType.secret;
import static dev.fanfare.server.config.ValueType.url;

import dev.fanfare.apps.sessions.PushText;
import dev.fanfare.apps.sessions.PushTexts;
import dev.fanfare.apps.sessions.SessionEvent;
import dev.fanfare.push.ExpoOptions;
import dev.fanfare.server.access.Secret;
import dev.fanfare.server.config.ServerConfig.Applications.Push;
import dev.fanfare.server.config.Settings.Section;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Sessions of partners, and the notifications for those who are away. */
final class PushSettings {
    private static final int LONGEST_TITLE = 100;
    private static final int LONGEST_BODY = 500;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);

    static final Setting<Duration> NUDGE_INTERVAL =
            Setting.of(
                    "sessions.nudge-interval",
                    duration(SECOND, Duration.ofDays(30)),
                    "6h",
                    "6h",
                    "How long after a nudge the same partner of a session gets no other.");
    static final Setting<Duration> ABLY_TOKEN_LIFETIME =
            Setting.of(
                    "sessions.ably-token-lifetime",
                    duration(SECOND, DAY),
                    "1h",
                    "1h",
                    "How long the tokens hold that `GET /api/v1/auth/ably-token` gives.");
    static final Setting<Push.Provider> PROVIDER =
            Setting.of(
                    "push.provider",
                    choice(Push.Provider.class),
                    "expo",
                    "expo",
                    "Who brings notifications to devices; `show` logs them instead. Development"
                            + " mode: `show`.");
    static final Setting<URI> EXPO_URL =
            Setting.of(
                    "push.expo.url",
                    url("an address like https://exp.host", PushSettings::server),
                    ExpoOptions.EXPO.toString(),
                    ExpoOptions.EXPO.toString(),
                    "Where Expo's push service is.");
    static final Setting<Secret> EXPO_ACCESS_TOKEN =
            Setting.of(
                            "push.expo.access-token",
                            secret("an access token of Expo"),
                            "",
                            "\"…\"",
                            "What Expo is shown, where the project wants it.")
                    .alsoFrom("EXPO_ACCESS_TOKEN");
    static final Setting<Duration> TIMEOUT =
            Setting.of(
                    "push.timeout",
                    duration(Duration.ofMillis(100), Duration.ofMinutes(1)),
                    "10s",
                    "10s",
                    "Time for an answer of the provider; then it is asked again.");
    static final Setting<Duration> RECEIPTS_AFTER =
            Setting.of(
                    "push.receipts-after",
                    duration(Duration.ofMillis(100), DAY),
                    "15m",
                    "15m",
                    "How long after sending it is asked what became of a notification.");
    static final Setting<Duration> GIVE_UP_AFTER =
            Setting.of(
                    "push.give-up-after",
                    duration(SECOND, DAY),
                    "1h",
                    "1h",
                    "How old a notification may be that is still sent.");
    static final Setting<Integer> DEVICES_PER_USER =
            Setting.of(
                    "push.devices-per-user",
                    integer(1, 100),
                    "10",
                    "10",
                    "Devices of one user; beyond that the one registered longest ago is"
                            + " forgotten.");

    /** The two parts of a text. */
    record Text(Setting<String> title, Setting<String> body) {
        static Text of(String name, PushText shipped, String whenever) {
            var key = "push.texts." + name;
            return new Text(
                    Setting.of(
                            key + ".title",
                            text(LONGEST_TITLE),
                            shipped.title(),
                            "\"" + shipped.title() + "\"",
                            "The title of notifications " + whenever + "."),
                    Setting.of(
                            key + ".body",
                            text(LONGEST_BODY),
                            shipped.body(),
                            "\"" + shipped.body() + "\"",
                            "Their text."));
        }
    }

    static final Map<SessionEvent, Text> EVENTS = events();
    static final Text NUDGE = Text.of("nudge", PushTexts.SHIPPED_NUDGE, "that nudge");
    static final Text FALLBACK =
            Text.of("default", PushTexts.SHIPPED_FALLBACK, "of events that have no text");

    static final Section SECTION =
            new Section(
                    "Sessions and push",
                    Stream.concat(
                                    Stream.of(
                                            NUDGE_INTERVAL,
                                            ABLY_TOKEN_LIFETIME,
                                            PROVIDER,
                                            EXPO_URL,
                                            EXPO_ACCESS_TOKEN,
                                            TIMEOUT,
                                            RECEIPTS_AFTER,
                                            GIVE_UP_AFTER,
                                            DEVICES_PER_USER),
                                    Stream.concat(
                                                    EVENTS.values().stream(),
                                                    Stream.of(NUDGE, FALLBACK))
                                            .flatMap(text -> Stream.of(text.title, text.body)))
                            .toList());

    private PushSettings() {}

    private static Map<SessionEvent, Text> events() {
        var events = new EnumMap<SessionEvent, Text>(SessionEvent.class);
        for (var event : SessionEvent.values()) {
            var shipped = PushTexts.shipped(event);
            events.put(event, Text.of(event.word(), shipped, "of `" + event.word() + "`"));
        }
        return events;
    }

    private static ValueType<String> text(int longest) {
        return new ValueType<>(
                "a text of 1 to " + longest + " characters",
                text -> {
                    if (text.isBlank() || text.length() > longest) {
                        throw new IllegalArgumentException("another length");
                    }
                    return text;
                });
    }

    private static URI server(String text) {
        var address = URI.create(text);
        if (!List.of("http", "https").contains(address.getScheme()) || address.getHost() == null) {
            throw new IllegalArgumentException("no server");
        }
        return address;
    }
}
