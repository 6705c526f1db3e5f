package dev.fanfare.check.client;

import com.google.errorprone.annotations.Immutable;
import java.io.IOException;

/** The ways to listen to a node. */
public enum Protocol {
    PLAIN_SOCKET(false, PlainSocketTalk::ofQuery),
    PLAIN_COMMANDS(false, PlainSocketTalk::ofCommands),
    PLAIN_EVENTS(false, PlainEventsTalk::open),
    PLAIN_LINES(false, PlainLinesTalk::open),
    SOCKET_JSON(true, SocketExchange::json),
    SOCKET_PROTOBUF(true, SocketExchange::protobuf),
    STREAM_JSON(true, StreamExchange::lines),
    STREAM_PROTOBUF(true, StreamExchange::protobuf),
    STREAM_EVENTS(true, StreamExchange::events),
    ONE_WAY_SOCKET(true, OneWayTalk::socket),
    ONE_WAY_EVENTS(true, OneWayTalk::events),
    ONE_WAY_LINES(true, OneWayTalk::lines);

    /** Comes in to a node. */
    @Immutable
    private interface Entrance {
        Talk open(Site site, Address node, Witness witness) throws IOException;
    }

    private final boolean hearsMembers;
    private final Entrance entrance;

    Protocol(boolean hearsMembers, Entrance entrance) {
        this.hearsMembers = hearsMembers;
        this.entrance = entrance;
    }

    /** Whether clients hear who comes and goes, and when the server unsubscribes them. */
    public boolean hearsMembers() {
        return hearsMembers;
    }

    Talk open(Site site, Address node, Witness witness) throws IOException {
        return entrance.open(site, node, witness);
    }
}
