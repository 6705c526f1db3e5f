package dev.fanfare.server.transport;

import static java.util.concurrent.CompletableFuture.completedStage;

import dev.fanfare.core.access.AccessRule.Asker;
import dev.fanfare.core.access.Authentication;
import dev.fanfare.core.access.Identity;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.protocol.FrameEncoder;
import dev.fanfare.core.session.Connection;
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

    /** The client so far: a way to it, and how it is called. */
    record Guest(String client, Connection connection, FrameEncoder encoder) {}

    private final Gate gate;
    private final Door door;
    private final boolean nativePings;
    private final SessionLoop loop;
    private final Guest guest;
    private final Seat seat;

    /**
     * @param nativePings whether pings are the transport's own
     */
    Reception(Gate gate, Door door, boolean nativePings, SessionLoop loop, Guest guest, Seat seat) {
        this.gate = gate;
        this.door = door;
        this.nativePings = nativePings;
        this.loop = loop;
        this.guest = guest;
        this.seat = seat;
    }

    @Override
    public CompletionStage<Verdict> judge(String token) {
        if (token.isEmpty()) {
            return completedStage(
                    door.endpoint().anonymous()
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
        var peer = new Session.Peer(client, identity, guest.connection(), guest.encoder());
        var rules = nativePings ? door.rules().withoutPongs() : door.rules();
        return new Session(loop, rules, peer, door.rivals(), gate.tokens());
    }

    private Verdict verdict(Authentication authentication) {
        return switch (authentication) {
            case Authentication.Accepted(var identity) ->
                    identity.isOfOneChannel()
                            ? new Verdict.Rejected(Disconnect.INVALID_TOKEN)
                            : welcome(identity);
            case Authentication.Expired() -> new Verdict.Refused(EXPIRED);
            case Authentication.Invalid _ -> new Verdict.Rejected(Disconnect.INVALID_TOKEN);
        };
    }

    private Verdict welcome(Identity identity) {
        Endpoint endpoint = door.endpoint();
        return endpoint.connect().allows(new Asker(identity), Map.of())
                ? new Verdict.Welcome(identity, endpoint.channelsOf(identity.user()))
                : new Verdict.Rejected(Disconnect.PERMISSION_DENIED);
    }
}
