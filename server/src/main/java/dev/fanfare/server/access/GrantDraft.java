package dev.fanfare.server.access;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.fanfare.core.access.ChannelOption;
import dev.fanfare.core.access.Grant;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Payload.Format;
import dev.fanfare.protocols.json.JsonReader;
import dev.fanfare.protocols.json.OneLine;
import java.io.IOException;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a token says about one channel, or about its holder, while it is being read. Where a
 * document comes in both forms, the one in base64 counts.
 */
final class GrantDraft {
    private static final Map<String, ChannelOption> OPTIONS =
            Stream.of(ChannelOption.values())
                    .collect(
                            toUnmodifiableMap(
                                    option -> option.name().toLowerCase(Locale.ROOT),
                                    Function.identity()));

    private final String prefix;
    private final Map<ChannelOption, Boolean> options = new EnumMap<>(ChannelOption.class);
    private Payload info = Payload.NONE;
    private Payload decodedInfo = Payload.NONE;
    private Payload data = Payload.NONE;
    private Payload decodedData = Payload.NONE;

    /**
     * @param prefix of its members in messages
     */
    GrantDraft(String prefix) {
        this.prefix = prefix;
    }

    Payload info() {
        return decodedInfo.size() > 0 ? decodedInfo : info;
    }

    Grant grant(String channel) {
        return new Grant(channel, info(), decodedData.size() > 0 ? decodedData : data, options);
    }

    /** The value of the member that the reader stands on. */
    void readMember(JsonReader reader) throws IOException {
        switch (reader.member()) {
            case "info" -> info = document(reader);
            case "b64info" -> decodedInfo = decoded(reader);
            case "data" -> data = document(reader);
            case "b64data" -> decodedData = decoded(reader);
            case "override" -> readOverride(reader);
            default -> reader.skip();
        }
    }

    private static Payload document(JsonReader reader) throws IOException {
        var written = reader.payload().payload().bytes();
        return Payload.of(OneLine.compact(written), Format.JSON);
    }

    private Payload decoded(JsonReader reader) throws IOException {
        var field = prefix + reader.member();
        var text = reader.text(field);
        try {
            var bytes = Base64.getDecoder().decode(text);
            return Payload.of(bytes, isJson(bytes) ? Format.JSON : Format.BINARY);
        } catch (IllegalArgumentException e) {
            reader.note(reader.wrong(field, "base64 (RFC 4648, section 4)"));
            return Payload.NONE;
        }
    }

    private static boolean isJson(byte[] bytes) {
        try (var document = JsonReader.open(bytes)) {
            document.skip();
            document.end();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void readOverride(JsonReader reader) throws IOException {
        if (!reader.isObject()) {
            reader.refuse(prefix + "override", "an object of options");
            return;
        }
        while (reader.nextMember()) {
            var option = OPTIONS.get(reader.member());
            if (option == null) {
                reader.skip();
            } else if (!reader.isNull()) {
                readOption(reader, option);
            }
        }
    }

    private void readOption(JsonReader reader, ChannelOption option) throws IOException {
        var field = prefix + "override." + reader.member();
        if (!reader.isObject()) {
            reader.refuse(field, "an object with a value");
            return;
        }
        while (reader.nextMember()) {
            if (reader.member().equals("value")) {
                options.put(option, reader.flag(field));
            } else {
                reader.skip();
            }
        }
    }
}
