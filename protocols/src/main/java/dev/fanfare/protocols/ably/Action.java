package dev.fanfare.protocols.ably;

/** The numbers by which a protocol message says what it is. */
final class Action {
    static final int HEARTBEAT = 0;
    static final int ACK = 1;
    static final int NACK = 2;
    static final int CONNECTED = 4;
    static final int DISCONNECT = 5;
    static final int DISCONNECTED = 6;
    static final int CLOSE = 7;
    static final int CLOSED = 8;
    static final int ERROR = 9;
    static final int ATTACH = 10;
    static final int ATTACHED = 11;
    static final int DETACH = 12;
    static final int DETACHED = 13;
    static final int PRESENCE = 14;
    static final int MESSAGE = 15;
    static final int SYNC = 16;
    static final int AUTH = 17;

    private Action() {}
}
