package dev.fanfare.server.transport;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.protocols.centrifuge.CentrifugeCodec;
import dev.fanfare.server.config.Endpoint.Unidirectional;

/** How one-way clients hear of errors, for which they have no word: by a disconnect. */
final class Farewell {
    private Farewell() {}

    static Disconnect of(Refusal refusal, Unidirectional terms) {
        var configured = terms.disconnects().get(CentrifugeCodec.number(refusal.code()));
        return configured == null ? usual(refusal) : configured;
    }

    private static Disconnect usual(Refusal refusal) {
        return switch (refusal.code()) {
            case TOKEN_EXPIRED -> Disconnect.EXPIRED;
            case TOO_MANY_REQUESTS -> Disconnect.TOO_MANY_REQUESTS;
            case PERMISSION_DENIED -> Disconnect.PERMISSION_DENIED;
            case BAD_REQUEST,
                    UNKNOWN_CHANNEL,
                    UNKNOWN_EVENT,
                    EVENT_NOT_CARRIED,
                    INVALID_PAYLOAD,
                    PAYLOAD_TOO_LARGE,
                    ALREADY_SUBSCRIBED,
                    NOT_AVAILABLE,
                    LIMIT_EXCEEDED,
                    UNRECOVERABLE,
                    UNAVAILABLE,
                    INTERNAL ->
                    Disconnect.INTERNAL_ERROR;
        };
    }
}
