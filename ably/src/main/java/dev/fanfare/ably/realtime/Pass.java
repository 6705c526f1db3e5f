package dev.fanfare.ably.realtime;

import dev.fanfare.ably.access.Access;
import dev.fanfare.ably.access.Credentials;
import dev.fanfare.ably.access.Denied;
import dev.fanfare.ably.access.Judge;
import dev.fanfare.ably.access.Revocations;
import dev.fanfare.ably.access.Verdict;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What lets a connection go on, and until when. Lives on its event loop. */
final class Pass {
    /** A client is asked for another token so long before the end; in milliseconds. */
    private static final long ASK_AHEAD = 30_000;

    /** With less left it would come too late, so it is not asked; in milliseconds. */
    private static final long LEAST_NOTICE = 5_000;

    private final Access access;
    private boolean decided;

    Pass(Access access) {
        this.access = access;
    }

    Access access() {
        return access;
    }

    /** Whether whoever comes with the other may go on with the same connection. */
    boolean isFor(Access other) {
        return other.app().equals(access.app())
                && Objects.equals(other.clientId(), access.clientId());
    }

    /**
     * The one that a token gives to the same client.
     *
     * @throws Denied where the token is no good, or is somebody else's
     */
    Pass renewed(String token, Judge judge) throws Denied {
        return switch (judge.judge(new Credentials.Token(token), wanted())) {
            case Verdict.Refused(var why) -> throw new Denied(why);
            case Verdict.Accepted(var next) when isFor(next) -> new Pass(next);
            case Verdict.Accepted(var _) -> throw new Denied(Trouble.ANOTHER_CLIENT);
        };
    }

    /** Whom its client acts as; null: it has not said. */
    private @Nullable String wanted() {
        return Access.ANY.equals(access.clientId()) ? null : access.clientId();
    }

    boolean isOver(long now) {
        return now >= access.term().expiresAt();
    }

    /** Whether the client is to be asked for another token now: once at most. */
    boolean asks(long now, Revocations revocations) {
        long left = Math.min(access.term().expiresAt(), revocations.end(access)) - now;
        if (decided || left > ASK_AHEAD) {
            return false;
        }
        decided = true;
        return left > LEAST_NOTICE;
    }
}
