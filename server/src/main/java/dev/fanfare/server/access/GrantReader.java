package dev.fanfare.server.access;

import dev.fanfare.core.access.Grant;
import dev.fanfare.core.access.Identity;
import dev.fanfare.core.model.Payload;
import dev.fanfare.protocols.json.JsonReader;
import dev.fanfare.server.access.Claims.Unusable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a token tells others about its holder, and which channels it gives: {@code info} and,
 * in a token to connect with, {@code channels} and {@code subs}; in a token for one channel {@code
 * data} and {@code override}. Documents come out as they were written, without the white space
 * between their parts.
 */
final class GrantReader {
    /** What was read. */
    record Granted(Payload info, List<Grant> grants) {
        static final Granted NOTHING = new Granted(Payload.NONE, List.of());
    }

    private final @Nullable String channel;
    private final GrantDraft self = new GrantDraft("");
    private final Map<String, Grant> grants = new LinkedHashMap<>();

    private GrantReader(@Nullable String channel) {
        this.channel = channel;
    }

    static Granted read(Claims claims) throws Unusable {
        if (!claims.hasAny("info", "b64info", "channels", "subs", Identity.CHANNEL)) {
            return Granted.NOTHING;
        }
        try (var reader = JsonReader.open(claims.json())) {
            var granted = new GrantReader(channel(claims)).read(reader);
            var fault = reader.takeFault();
            if (fault != null) {
                throw new Unusable(
                        "something else in the claim %s, which must be %s"
                                .formatted(fault.field(), fault.expected()));
            }
            return granted;
        } catch (IOException e) {
            throw new Unusable("claims that are nested too deep, or no UTF-8");
        }
    }

    private static @Nullable String channel(Claims claims) throws Unusable {
        var claim = claims.get(Identity.CHANNEL);
        if (!claim.isMissingNode() && !claim.isTextual()) {
            throw new Unusable(Identity.CHANNEL, claim, "a string");
        }
        return claim.textValue();
    }

    private Granted read(JsonReader reader) throws IOException {
        while (reader.nextMember()) {
            if (!reader.isNull()) {
                readMember(reader);
            }
        }
        return new Granted(
                self.info(),
                channel == null ? List.copyOf(grants.values()) : List.of(self.grant(channel)));
    }

    private void readMember(JsonReader reader) throws IOException {
        switch (reader.member()) {
            case "info", "b64info" -> self.readMember(reader);
            case "data", "b64data", "override" -> {
                if (channel == null) {
                    reader.skip();
                } else {
                    self.readMember(reader);
                }
            }
            case "channels" -> readChannels(reader);
            case "subs" -> readSubscriptions(reader);
            default -> reader.skip();
        }
    }

    private void readChannels(JsonReader reader) throws IOException {
        if (!reader.isArray()) {
            reader.refuse("channels", "a list of channels");
            return;
        }
        while (reader.nextElement()) {
            var name = reader.text("channels");
            grants.putIfAbsent(name, Grant.of(name));
        }
    }

    private void readSubscriptions(JsonReader reader) throws IOException {
        if (!reader.isObject()) {
            reader.refuse("subs", "an object whose members are channels");
            return;
        }
        while (reader.nextMember()) {
            var name = reader.member();
            var draft = new GrantDraft("subs.");
            readSubscription(reader, draft);
            grants.put(name, draft.grant(name));
        }
    }

    private static void readSubscription(JsonReader reader, GrantDraft draft) throws IOException {
        if (reader.isNull()) {
            return;
        }
        if (!reader.isObject()) {
            reader.refuse("subs", "an object of objects");
            return;
        }
        while (reader.nextMember()) {
            if (!reader.isNull()) {
                draft.readMember(reader);
            }
        }
    }
}
