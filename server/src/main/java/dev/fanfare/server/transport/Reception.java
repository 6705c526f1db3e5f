package dev.fanfare.server.transport;

import static java.util.concurrent.CompletableFuture.completedStage;

import dev.fanfare.core.access.AccessRule.Asker;
import dev.fanfare.core.access.Authentication;
import dev.fanfare.core.access.Identity;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.protocol.Reply.Connected.Place;
import dev.fanfare.core.session.Handshake;
import dev.fanfare.core.session.Handshake.Verdict;
import dev.fanfare.core.session.Session;
import dev.fanfare.core.session.SessionLoop;
import dev.fanfare.server.config.Endpoint;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Decides about one client that says in band who it is. Lives on the connection's event loop. */
final class Reception implements Handshake.Host {
    private static final Refusal EXPIRED =
            new Refusal(
                    ErrorCode.TOKEN_EXPIRED,
                    "token",
                    "an expired token",
                    "a token that is still good");

    /**
     * The client so far.
     *
     * @param client how it is called
     * @param place that leads to its session; null: none does
     */
    record Guest(String client, @Nullable Place place, Lobby.Manner manner) {}

    private final Gate gate;
    private final Door door;
    private final SessionLoop loop;
    private final Guest guest;
    private final Seat seat;

    Reception(Gate gate, Door door, SessionLoop loop, Guest guest, Seat seat) {
        this.gate = gate;
        this.door = door;
        this.loop = loop;
        this.guest = guest;
        this.seat = seat;
    }

    @Override
    public CompletionStage<Verdict> judge(String token) {
        var vouched = seat.vouchedUser();
        if (vouched != null) {
            return completedStage(welcome(new Identity(vouched, Map.of(), Identity.NEVER)));
        }
        if (token.isEmpty()) {
            return completedStage(
                    door.endpoint().inBand().takesNobody()
                            ? welcome(Identity.ANONYMOUS)
                            : new Verdict.Rejected(Disconnect.BAD_REQUEST));
        }
        return gate.tokens().connection().authenticate(token).thenApply(this::verdict);
    }

    @Override
    public @Nullable Session session(Identity identity) {
        if (seat.take(identity.user()) != null) {
            return null;
        }
        var client = identity.client(guest.client());
        var manner = guest.manner();
        var peer =
                new Session.Peer(
                        client, identity, manner.connection(), manner.encoder(), guest.place());
        return new Session(loop, manner.rules(), peer, door.rivals(), gate.tokens());
    }

    @Override
    public @Nullable Disconnect insteadOf(Refusal refusal) {
        return guest.manner().insteadOf().apply(refusal);
    }

    private Verdict verdict(Authentication authentication) {
        return switch (authentication) {
            case Authentication.Accepted(var identity) -> verdict(identity);
            case Authentication.Expired() -> new Verdict.Refused(EXPIRED);
            case Authentication.Invalid _ -> new Verdict.Rejected(Disconnect.INVALID_TOKEN);
        };
    }

    private Verdict verdict(Identity identity) {
        if (identity.isOfOneChannel()) {
            return new Verdict.Rejected(Disconnect.INVALID_TOKEN);
        }
        if (!identity.isSignedIn() && !door.endpoint().inBand().anonymousTokens()) {
            return new Verdict.Rejected(Disconnect.PERMISSION_DENIED);
        }
        return welcome(lasting(identity));
    }

    /** Where everything is allowed, tokens that were good stay so. */
    private Identity lasting(Identity identity) {
        return door.endpoint().inBand().insecure()
                ? new Identity(
                        identity.user(),
                        identity.claims(),
                        Identity.NEVER,
                        identity.info(),
                        identity.grants())
                : identity;
    }

    private Verdict welcome(Identity identity) {
        Endpoint endpoint = door.endpoint();
        return endpoint.connect().allows(new Asker(identity), Map.of())
                ? new Verdict.Welcome(identity, endpoint.channelsOf(identity.user()))
                : new Verdict.Rejected(Disconnect.PERMISSION_DENIED);
    }
}
