package dev.fanfare.server.config;

import dev.fanfare.server.access.Secret;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the secrets, and holds them to the rules for secrets. */
final class Secrets {
    /** RFC 7518, section 3.2: a key of at least the hash's size, which for HS256 is 32 bytes. */
    private static final int MIN_BYTES = 32;

    /** What a secret of development mode should have been. */
    static final String OWN = "a secret of your own: this one is development mode's";

    private final Layers layers;
    private final boolean development;
    private final List<String> warnings = new ArrayList<>();

    Secrets(Layers layers, boolean development) {
        this.layers = layers;
        this.development = development;
    }

    List<String> warnings() {
        return warnings;
    }

    /** Something to be said at start. */
    void warn(String sentence) {
        warnings.add(sentence);
    }

    @Nullable Secret tokenSecret(Setting<Secret> setting, boolean allowsShort) {
        var secret = ownSecret(setting);
        if (secret != null && secret.bytes().length < MIN_BYTES) {
            allowShort(setting, allowsShort);
        }
        return secret;
    }

    private void allowShort(Setting<Secret> setting, boolean allowed) {
        if (allowed) {
            warnings.add(
                    setting.key() + " has less than " + MIN_BYTES + " bytes: it can be guessed");
        } else {
            layers.refuse(setting, setting.type().expected());
        }
    }

    @Nullable Secret publishToken() {
        return ownSecret(Settings.PUBLISH_TOKEN);
    }

    /** None: every call is refused. */
    List<Secret> apiKeys() {
        if (layers.get(ApiSettings.INSECURE)) {
            warnings.add(
                    ApiSettings.INSECURE.key()
                            + " is true: whoever reaches the port can call the server API, without"
                            + " a key");
        }
        var keys = layers.find(ApiSettings.KEY);
        if (keys == null) {
            return List.of();
        }
        if (!development && keys.stream().anyMatch(Development::knows)) {
            refuseKnown(ApiSettings.KEY);
        }
        return keys;
    }

    private @Nullable Secret ownSecret(Setting<Secret> setting) {
        var secret = layers.find(setting);
        if (secret == null || development || !Development.knows(secret)) {
            return secret;
        }
        refuseKnown(setting);
        return null;
    }

    private void refuseKnown(Setting<?> setting) {
        layers.refuse(setting, OWN);
    }
}
