package dev.fanfare.check.client;

import com.google.errorprone.annotations.Immutable;
import java.io.IOException;

/** The ways to listen to a node. */
public enum Protocol {
    PLAIN_SOCKET(false, false, PlainSocketTalk::ofQuery),
    PLAIN_COMMANDS(false, false, PlainSocketTalk::ofCommands),
    PLAIN_EVENTS(false, false, PlainEventsTalk::open),
    PLAIN_LINES(false, false, PlainLinesTalk::open),
    SOCKET_JSON(true, true, SocketExchange::json),
    SOCKET_PROTOBUF(true, true, SocketExchange::protobuf),
    STREAM_JSON(true, true, StreamExchange::lines),
    STREAM_PROTOBUF(true, true, StreamExchange::protobuf),
    STREAM_EVENTS(true, true, StreamExchange::events),
    ONE_WAY_SOCKET(true, false, OneWayTalk::socket),
    ONE_WAY_EVENTS(true, false, OneWayTalk::events),
    ONE_WAY_LINES(true, false, OneWayTalk::lines);

    /** Comes in to a node. */
    @Immutable
    private interface Entrance {
        Talk open(Site site, Address node, Witness witness) throws IOException;
    }

    private final boolean hearsMembers;
    private final boolean canSubscribeAgain;
    private final Entrance entrance;

    Protocol(boolean hearsMembers, boolean canSubscribeAgain, Entrance entrance) {
        this.hearsMembers = hearsMembers;
        this.canSubscribeAgain = canSubscribeAgain;
        this.entrance = entrance;
    }

    /** Whether clients hear who comes and goes, and when the server unsubscribes them. */
    public boolean hearsMembers() {
        return hearsMembers;
    }

    /** Whether a client that was unsubscribed can have the channel back on the same connection. */
    public boolean canSubscribeAgain() {
        return canSubscribeAgain;
    }

    Talk open(Site site, Address node, Witness witness) throws IOException {
        return entrance.open(site, node, witness);
    }
}
