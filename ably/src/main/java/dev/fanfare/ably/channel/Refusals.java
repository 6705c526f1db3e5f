package dev.fanfare.ably.channel;

import dev.fanfare.ably.access.Denied;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.model.Unavailable;
import dev.fanfare.protocols.ably.ErrorInfo;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why the core does not do something, with the protocol's numbers. */
public final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private Refusals() {}

    public static ErrorInfo info(Refusal refusal) {
        return switch (refusal.code()) {
            case BAD_REQUEST,
                    UNKNOWN_EVENT,
                    EVENT_NOT_CARRIED,
                    ALREADY_SUBSCRIBED,
                    LIMIT_EXCEEDED,
                    UNRECOVERABLE,
                    NOT_AVAILABLE ->
                    ErrorInfo.of(40000, refusal.message());
            case INVALID_PAYLOAD -> ErrorInfo.of(40013, refusal.message());
            case UNKNOWN_CHANNEL, PERMISSION_DENIED -> ErrorInfo.of(40160, refusal.message());
            case PAYLOAD_TOO_LARGE -> new ErrorInfo(40009, 413, refusal.message());
            case TOKEN_EXPIRED -> ErrorInfo.of(40142, refusal.message());
            case TOO_MANY_REQUESTS -> ErrorInfo.of(42910, refusal.message());
            case UNAVAILABLE -> new ErrorInfo(50003, 503, refusal.message());
            case INTERNAL -> ErrorInfo.of(50000, refusal.message());
        };
    }

    /**
     * Why a stage has failed: an outage is told as one, everything else that nobody was denied is
     * our mistake.
     *
     * @param failure null: nobody knows
     */
    public static ErrorInfo info(@Nullable Throwable failure) {
        if (failure instanceof Denied denied) {
            return denied.error();
        }
        if (failure instanceof CompletionException && failure.getCause() != null) {
            return info(failure.getCause());
        }
        if (Unavailable.isCauseOf(failure)) {
            return info(Refusal.UNAVAILABLE);
        }
        LOG.error("A request has failed", failure);
        return ErrorInfo.of(50000, "server: a failure (expected: another try later)");
    }
}
