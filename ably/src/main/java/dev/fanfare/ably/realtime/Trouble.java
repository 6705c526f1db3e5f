package dev.fanfare.ably.realtime;

import dev.fanfare.protocols.ably.ErrorInfo;

/** Why connections end, or are not those that their clients wanted to continue. */
final class Trouble {
    static final ErrorInfo EXPIRED =
            new ErrorInfo(40142, 401, "token: expired (expected: a new one)");

    static final ErrorInfo REVOKED =
            new ErrorInfo(40141, 401, "token: revoked (expected: a new one)");

    static final ErrorInfo ANOTHER_CLIENT =
            new ErrorInfo(
                    40102,
                    401,
                    "credentials: of another app or client id (expected: as the connection began)");

    static final ErrorInfo NO_KEY =
            new ErrorInfo(
                    80018, 400, "connection key: not one of ours (expected: as it was given)");

    static final ErrorInfo NOT_KEPT =
            new ErrorInfo(80008, 400, "connection: not kept any more (expected: a return in time)");

    static final ErrorInfo NO_APP =
            new ErrorInfo(40400, 404, "app: none of that id (expected: one that is there)");

    static final ErrorInfo SILENT =
            new ErrorInfo(80003, 408, "connection: no sign of life (expected: answers to pings)");

    static final ErrorInfo SLOW =
            new ErrorInfo(80003, 400, "connection: too much not read (expected: a faster reader)");

    static final ErrorInfo SHUTDOWN =
            new ErrorInfo(80003, 503, "server: a shutdown (expected: another connection)");

    static final ErrorInfo FAILURE =
            new ErrorInfo(50000, 500, "server: a failure (expected: another try later)");

    private Trouble() {}
}
