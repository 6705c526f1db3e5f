package dev.fanfare.ably.access;

import static java.util.Objects.requireNonNullElse;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Says whose credentials are good, and for what. Any thread; never blocks. */
public final class Judge {
    private final Keys keys;
    private final JwtReader jwts;
    private final Revocations revocations;
    private final InstantSource clock;

    public Judge(Keys keys, Revocations revocations, InstantSource clock) {
        this.keys = keys;
        this.revocations = revocations;
        this.clock = clock;
        jwts = new JwtReader(keys);
    }

    /**
     * @param clientId whom they want to act as; null or empty: as whom the credentials say
     */
    public Verdict judge(Credentials credentials, @Nullable String clientId) {
        var wanted = clientId == null || clientId.isEmpty() ? null : clientId;
        try {
            return new Verdict.Accepted(access(credentials, wanted));
        } catch (Denied denied) {
            return new Verdict.Refused(denied.error());
        }
    }

    private Access access(Credentials credentials, @Nullable String clientId) throws Denied {
        return switch (credentials) {
            case Credentials.Key(var text) -> byKey(text, clientId);
            case Credentials.Token(var text) -> byToken(text, clientId);
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

    private Access byToken(String text, @Nullable String clientId) throws Denied {
        var grant = grant(text);
        long now = clock.millis();
        if (now >= grant.term().expiresAt()) {
            throw Denied.of(40142, "token: expired at " + grant.term().expiresAt());
        }
        var access = grant.access(clientId);
        if (revocations.cover(access, now)) {
            throw Denied.of(40141, "token: revoked");
        }
        return access;
    }

    private Grant grant(String text) throws Denied {
        int dots = (int) text.chars().filter(c -> c == '.').count();
        return switch (dots) {
            case 1 -> OwnToken.read(text, keys);
            case 2, 4 -> jwts.read(text);
            default -> throw Denied.of(40143, "token: neither one of ours nor a JWT");
        };
    }
}
