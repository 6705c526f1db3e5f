package dev.fanfare.server.config;

import static java.util.stream.Collectors.toMap;

import dev.fanfare.apps.sessions.PushText;
import dev.fanfare.apps.sessions.PushTexts;
import dev.fanfare.push.ExpoOptions;
import dev.fanfare.push.PushOptions;
import dev.fanfare.server.config.ServerConfig.Applications.Push;
import dev.fanfare.server.config.ServerConfig.Applications.Sessions;
import java.time.Duration;
import java.util.Map;

/** Reads how sessions work, and how those are told who are away. */
record PushReader(Layers layers) {
    /** Beyond the time-outs of a few requests: nothing is sent again that is still under way. */
    private static final Duration SLACK = Duration.ofSeconds(30);

    Sessions sessions() {
        return new Sessions(
                layers.get(PushSettings.NUDGE_INTERVAL),
                layers.get(PushSettings.ABLY_TOKEN_LIFETIME),
                layers.get(PushSettings.DEVICES_PER_USER),
                new PushTexts(
                        PushSettings.EVENTS.entrySet().stream()
                                .collect(toMap(Map.Entry::getKey, each -> text(each.getValue()))),
                        text(PushSettings.NUDGE),
                        text(PushSettings.FALLBACK)));
    }

    private PushText text(PushSettings.Text text) {
        return new PushText(layers.get(text.title()), layers.get(text.body()));
    }

    Push push() {
        var token = layers.find(PushSettings.EXPO_ACCESS_TOKEN);
        var timeout = layers.get(PushSettings.TIMEOUT);
        return new Push(
                layers.get(PushSettings.PROVIDER),
                new ExpoOptions(
                        layers.get(PushSettings.EXPO_URL),
                        token == null ? "" : token.value(),
                        timeout),
                PushOptions.DEFAULT
                        .withClaim(timeout.multipliedBy(3).plus(SLACK))
                        .withReceiptsAfter(layers.get(PushSettings.RECEIPTS_AFTER))
                        .withGiveUpAfter(layers.get(PushSettings.GIVE_UP_AFTER)));
    }
}
