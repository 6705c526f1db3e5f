package dev.fanfare.apps.sessions;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.apps.database.Database;
import dev.fanfare.apps.web.Access;
import dev.fanfare.apps.web.Answer;
import dev.fanfare.apps.web.Call;
import dev.fanfare.apps.web.Refused;
import dev.fanfare.apps.web.Route;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/auth/ably-token}: what an Ably SDK takes as the answer of its {@code authUrl},
 * for the sessions that the user is in at this moment and nothing else.
 */
public final class AblyTokenRoute {
    private static final String HMAC = "HmacSHA256";

    private final Database database;
    private final @Nullable AblyKey key;
    private final Duration lifetime;
    private final InstantSource clock;

    /**
     * @param key null: there is nothing to sign with
     * @param lifetime of the tokens
     */
    public AblyTokenRoute(
            Database database, @Nullable AblyKey key, Duration lifetime, InstantSource clock) {
        this.database = database;
        this.key = key;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(Route.get("/api/v1/auth/ably-token", Access.SIGNED_IN, this::token));
    }

    private Answer token(Call call) {
        var user = call.user().text();
        if (key == null) {
            throw Refused.unavailable("ably.keys", "nothing", "a key to sign tokens with");
        }
        if (user.equals("*")) {
            throw Refused.forbidden("token", "user *", "a user's id that is no wildcard");
        }
        var sessions = database.read(handle -> Sessions.of(handle, user, UserSessions.MOST));
        if (sessions.isEmpty()) { // a capability cannot be empty
            throw Refused.conflict(
                    "no_sessions",
                    "sessions",
                    "none",
                    "a member of a session: a token opens nothing else");
        }
        return Answer.ok(details(key, user, capability(sessions)))
                .with("Cache-Control", "no-store");
    }

    private static String capability(List<String> sessions) {
        var capability = JsonNodeFactory.instance.objectNode();
        for (var session : sessions) {
            capability.putArray(Session.channel(session)).add("subscribe").add("publish");
            capability.putArray(Session.presenceChannel(session)).add("subscribe").add("presence");
        }
        return capability.toString();
    }

    /** Whole seconds, as a JWT has them. */
    private Map<String, Object> details(AblyKey signer, String user, String capability) {
        var issued = Instant.ofEpochSecond(clock.instant().getEpochSecond());
        var expires = issued.plusSeconds(lifetime.toSeconds());
        var details = new LinkedHashMap<String, Object>();
        details.put("token", token(signer, user, capability, issued, expires));
        details.put("issued", issued.toEpochMilli());
        details.put("expires", expires.toEpochMilli());
        details.put("capability", capability);
        details.put("clientId", user);
        return details;
    }

    private static String token(
            AblyKey signer, String user, String capability, Instant issued, Instant expires) {
        var header = JsonNodeFactory.instance.objectNode();
        header.put("typ", "JWT").put("alg", "HS256").put("kid", signer.name());
        var claims = JsonNodeFactory.instance.objectNode();
        claims.put("iat", issued.getEpochSecond()).put("exp", expires.getEpochSecond());
        claims.put("x-ably-capability", capability).put("x-ably-clientId", user);
        var signed = encoded(header) + "." + encoded(claims);
        return signed + "." + encoded(signature(signer, signed));
    }

    private static byte[] signature(AblyKey signer, String signed) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(signer.secret().getBytes(UTF_8), HMAC));
            return mac.doFinal(signed.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(HMAC + " (expected: of every JDK)", e);
        }
    }

    private static String encoded(ObjectNode part) {
        return encoded(part.toString().getBytes(UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
