package dev.fanfare.ably.rest;

import static java.util.concurrent.CompletableFuture.completedFuture;

import dev.fanfare.ably.access.Access;
import dev.fanfare.ably.access.Credentials;
import dev.fanfare.ably.access.Denied;
import dev.fanfare.ably.access.RevocationDesk;
import dev.fanfare.ably.access.TokenDesk;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * {@code /keys/{key}}: tokens are made, and taken back. What is signed needs no other credentials.
 */
final class Tokens {
    private final Admission admission;
    private final TokenDesk desk;
    private final RevocationDesk revocations;

    Tokens(Admission admission, TokenDesk desk, RevocationDesk revocations) {
        this.admission = admission;
        this.desk = desk;
        this.revocations = revocations;
    }

    CompletionStage<Reply> request(Ask ask) throws Denied {
        var token = desk.requestToken(ask.variables().getFirst(), object(ask), bearer(ask));
        return completedFuture(Reply.created(token));
    }

    CompletionStage<Reply> revoke(Ask ask) throws Denied {
        return revocations
                .revokeTokens(ask.variables().getFirst(), object(ask), bearer(ask))
                .thenApply(Reply::created);
    }

    /** Null where nobody says who they are. */
    private @Nullable Access bearer(Ask ask) throws Denied {
        var request = ask.request();
        return Admission.credentials(request) instanceof Credentials.None
                ? null
                : admission.access(request);
    }

    private static Map<?, ?> object(Ask ask) throws Denied {
        if (ask.body() instanceof Map<?, ?> object) {
            return object;
        }
        throw Errors.bad("body", "no object", "an object");
    }
}
