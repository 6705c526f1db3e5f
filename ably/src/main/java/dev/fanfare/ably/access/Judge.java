package dev.fanfare.ably.access;

import static java.util.Objects.requireNonNullElse;

import org.jspecify.annotations.Nullable;

/** Says whose credentials are good, and for what. Any thread; never blocks. */
public final class Judge {
    private final Keys keys;

    public Judge(Keys keys) {
        this.keys = keys;
    }

    /**
     * @param clientId whom they want to act as; null: as whom the credentials say
     */
    public Verdict judge(Credentials credentials, @Nullable String clientId) {
        try {
            return new Verdict.Accepted(access(credentials, clientId));
        } catch (Denied denied) {
            return new Verdict.Refused(denied.error());
        }
    }

    private Access access(Credentials credentials, @Nullable String clientId) throws Denied {
        return switch (credentials) {
            case Credentials.Key(var text) -> byKey(text, clientId);
            case Credentials.Token _ -> throw Denied.of(40143, "token: not one of ours");
            case Credentials.None() -> throw Denied.of(40101, "no key and no token given");
        };
    }

    private Access byKey(String text, @Nullable String clientId) throws Denied {
        int colon = text.indexOf(':');
        var key = colon < 0 ? null : keys.key(text.substring(0, colon));
        if (key == null || !key.hasSecret(text.substring(colon + 1))) {
            throw Denied.of(40101, "key: not one of ours (expected: appId.keyId:secret)");
        }
        return new Access(
                key.appId(),
                key.name(),
                true,
                key.capability(),
                requireNonNullElse(clientId, Access.ANY),
                Access.Term.ENDLESS);
    }
}
