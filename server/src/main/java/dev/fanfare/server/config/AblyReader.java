package dev.fanfare.server.config;

import dev.fanfare.ably.access.AppKey;
import dev.fanfare.ably.access.Capability;
import dev.fanfare.ably.access.Denied;
import dev.fanfare.ably.access.TokenTerms;
import dev.fanfare.ably.app.Limits;
import dev.fanfare.server.access.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code ably}: its settings, and the list of keys in the file. No message shows a key. */
final class AblyReader {
    private static final String EXAMPLE =
            "[{ key: \"app.key:…\", capability: { \"news:*\": [subscribe] } }]";
    private static final String EXPORT =
            "export FANFARE_ABLY_KEY=app001.key001:$(openssl rand -hex 32)";
    private static final Pattern FORM = Pattern.compile("([\\w-]+)\\.([\\w-]+):(.+)");
    private static final ValueType<Secret> KEY = ValueType.secret("appId.keyId:secret");

    /** A key as somebody wrote it. */
    private record Said(Secret text, Capability capability, boolean revocable) {}

    private final Layers layers;
    private final boolean development;
    private final Problems problems;
    private final List<AppKey> keys = new ArrayList<>();

    AblyReader(Layers layers, boolean development, Problems problems) {
        this.layers = layers;
        this.development = development;
        this.problems = problems;
    }

    AblyOptions read(Yaml.Members file, ServerConfig.Limits limits) {
        readSetting();
        var list = list(file);
        if (list instanceof Yaml.Items(var items, _)) {
            items.forEach(this::readItem);
        } else if (list != null) {
            refuse(AblySettings.KEYS, "a list of keys", EXAMPLE, list.origin());
        }
        boolean enabled = layers.get(AblySettings.ENABLED);
        var sandbox = sandbox();
        return new AblyOptions(
                enabled ? keys : List.of(), terms(), limits(limits), enabled ? sandbox : null);
    }

    private void readSetting() {
        var given = layers.find(AblySettings.KEY);
        if (given == null) {
            return;
        }
        var ofSetting = layers.origin(AblySettings.KEY);
        for (var text : given) {
            add(AblySettings.KEY.key(), new Said(text, Capability.FULL, false), EXPORT, ofSetting);
        }
    }

    private static @Nullable Yaml list(Yaml.Members file) {
        var flat = file.members().get(AblySettings.KEYS);
        if (flat == null
                && file.members().get("ably") instanceof Yaml.Member(_, Yaml.Members group)) {
            flat = group.members().get("keys");
        }
        return flat == null ? null : flat.value();
    }

    private void readItem(Yaml item) {
        if (!(item instanceof Yaml.Members members)) {
            refuse(AblySettings.KEYS, "a group of keys", EXAMPLE, item.origin());
            return;
        }
        var fields = new Fields("", members, problems);
        var text = fields.require("key", KEY, "\"app.key:…\"");
        var capability = capability(fields);
        boolean revocable = fields.get("revocable-tokens", ValueType.flag(), Boolean.FALSE, "true");
        fields.refuseOthers();
        if (text != null) {
            var said = new Said(text, capability, revocable);
            add("key", said, "key: \"app.key:…\"", item.origin());
        }
    }

    /** A group of the file, or a text in JSON; nothing: all that there is. */
    private static Capability capability(Fields fields) {
        var given = fields.find("capability");
        if (given == null) {
            return Capability.FULL;
        }
        try {
            return Capability.parse(
                    given instanceof Yaml.Scalar(var text, _, _)
                            ? text
                            : YamlJson.of(given).toString());
        } catch (Denied wrong) {
            fields.refuse(
                    "capability",
                    "lists of operations by channel; " + wrong.getMessage(),
                    "{ \"news:*\": [subscribe] }");
            return Capability.FULL;
        }
    }

    private void add(String setting, Said said, String example, Origin origin) {
        var parts = FORM.matcher(said.text().value());
        if (!parts.matches()) {
            refuse(setting, KEY.expected(), example, origin);
            return;
        }
        if (!development && Development.knows(new Secret(parts.group(3)))) {
            refuse(setting, Secrets.OWN, example, origin);
            return;
        }
        var key =
                new AppKey(
                        parts.group(1),
                        parts.group(2),
                        parts.group(3),
                        said.capability(),
                        said.revocable());
        if (keys.stream().anyMatch(other -> other.name().equals(key.name()))) {
            refuse(setting, "each key once, unlike " + key.name(), "", origin);
            return;
        }
        keys.add(key);
    }

    private void refuse(String setting, String expected, String example, Origin origin) {
        problems.add(setting, "(hidden)", expected, example, origin);
    }

    private TokenTerms terms() {
        var usual = layers.get(AblySettings.TOKEN_LIFETIME);
        var longest = layers.get(AblySettings.LONGEST_TOKEN_LIFETIME);
        if (usual.compareTo(longest) > 0) {
            layers.refuse(
                    AblySettings.TOKEN_LIFETIME,
                    "at most " + AblySettings.LONGEST_TOKEN_LIFETIME.key());
        }
        return new TokenTerms(usual, longest);
    }

    private Limits limits(ServerConfig.Limits limits) {
        int messageSize = layers.get(AblySettings.MESSAGE_SIZE);
        if (messageSize > limits.outboundBuffer()) {
            layers.refuse(
                    AblySettings.MESSAGE_SIZE, "at most " + LimitSettings.OUTBOUND_BUFFER.key());
        }
        return new Limits(
                messageSize,
                layers.get(AblySettings.FRAME_SIZE),
                layers.get(AblySettings.CHANNELS),
                layers.get(AblySettings.MEMBERS),
                layers.get(AblySettings.REWIND),
                new Limits.Patience(
                        layers.get(AblySettings.CONNECTION_STATE),
                        layers.get(AblySettings.PRESENCE_GRACE),
                        layers.get(AblySettings.MAX_IDLE)));
    }

    private AblyOptions.@Nullable Sandbox sandbox() {
        if (!layers.get(AblySettings.SANDBOX)) {
            return null;
        }
        if (!development) {
            layers.refuse(AblySettings.SANDBOX, "false: only development mode has a sandbox");
        }
        return new AblyOptions.Sandbox(
                layers.get(AblySettings.SANDBOX_APPS), layers.get(AblySettings.SANDBOX_LIFETIME));
    }
}
