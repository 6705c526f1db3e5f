package dev.fanfare.ably.access;

import dev.fanfare.protocols.ably.Formats;
import dev.fanfare.protocols.ably.Unreadable;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A token of ours: the application's id, a dot, and in base64url a code that only the key's secret
 * makes, and what the code is of: all that the token says, as JSON. So every node can check it, and
 * nothing is kept of it.
 */
final class OwnToken {
    private static final int CODE_BYTES = 32;

    // The members of what it says. Short: it travels in queries.
    private static final String KEY = "k";
    private static final String ISSUED = "i";
    private static final String EXPIRES = "e";
    private static final String CAPABILITY = "c";
    private static final String CLIENT_ID = "u";
    private static final String UNIQUE = "n";

    private OwnToken() {}

    /**
     * @param unique makes it another one than all that say the same
     */
    static String write(Grant grant, String unique) {
        var said = new HashMap<String, Object>();
        said.put(KEY, grant.key().keyId());
        said.put(ISSUED, grant.term().issuedAt());
        said.put(EXPIRES, grant.term().expiresAt());
        said.put(CAPABILITY, grant.capability().tree());
        said.put(UNIQUE, unique);
        var clientId = grant.clientId();
        if (clientId != null) {
            said.put(CLIENT_ID, clientId);
        }
        byte[] text = Formats.JSON.writeTree(said);
        byte[] code = grant.key().sign(text);
        byte[] both = Arrays.copyOf(code, CODE_BYTES + text.length);
        System.arraycopy(text, 0, both, CODE_BYTES, text.length);
        return grant.key().appId()
                + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(both);
    }

    static Grant read(String token, Keys keys) throws Denied {
        int dot = token.indexOf('.');
        if (dot < 0) {
            throw unrecognised();
        }
        var appId = token.substring(0, dot);
        byte[] both = decoded(token.substring(dot + 1));
        byte[] code = Arrays.copyOf(both, CODE_BYTES);
        byte[] text = Arrays.copyOfRange(both, CODE_BYTES, both.length);
        var said = said(text);
        var key = keys.key(appId + "." + said.get(KEY));
        if (key == null || !MessageDigest.isEqual(code, key.sign(text))) {
            throw unrecognised();
        }
        return grant(key, said);
    }

    private static byte[] decoded(String text) throws Denied {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length > CODE_BYTES) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // no base64: nothing that we have written
        }
        throw unrecognised();
    }

    private static Map<?, ?> said(byte[] text) throws Denied {
        try {
            if (Formats.JSON.readTree(text) instanceof Map<?, ?> said) {
                return said;
            }
        } catch (Unreadable e) {
            // no JSON: nothing that we have written
        }
        throw unrecognised();
    }

    /** Of what the key has signed, so we have written it. */
    private static Grant grant(AppKey key, Map<?, ?> said) throws Denied {
        if (said.get(ISSUED) instanceof Long issued
                && said.get(EXPIRES) instanceof Long expires
                && said.get(CAPABILITY) instanceof Map<?, ?> capability) {
            return new Grant(
                    key,
                    Capability.of(capability),
                    (@Nullable String) said.get(CLIENT_ID),
                    new Access.Term(issued, expires, null));
        }
        throw unrecognised();
    }

    private static Denied unrecognised() {
        return Denied.of(40143, "token: not one of ours");
    }
}
