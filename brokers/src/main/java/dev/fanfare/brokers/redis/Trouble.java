package dev.fanfare.brokers.redis;

import io.lettuce.core.RedisCommandTimeoutException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a server cannot be used, in words for its operator. */
final class Trouble extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String server;
    private final String advice;

    /**
     * @param advice what to try
     */
    Trouble(String server, String why, String advice) {
        super(server + ": " + why, null, false, false);
        this.server = server;
        this.advice = advice;
    }

    String server() {
        return server;
    }

    /** What is told at start. */
    String withAdvice() {
        return getMessage() + "; " + advice;
    }

    /**
     * @param failure of a connection that was to be made
     */
    static Trouble of(String server, boolean tls, Throwable failure) {
        var causes = causes(failure);
        for (var cause : causes) {
            if (cause instanceof Trouble trouble) {
                return trouble;
            }
        }
        for (var cause : causes) {
            var known = known(server, tls, cause);
            if (known != null) {
                return known;
            }
        }
        return new Trouble(
                server,
                String.valueOf(causes.getFirst().getMessage()),
                "is it Redis that listens there?");
    }

    /** The innermost first: what Redis has said comes before what became of the connection. */
    private static List<Throwable> causes(Throwable failure) {
        var causes = new ArrayList<Throwable>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            for (var suppressed : cause.getSuppressed()) {
                causes.addFirst(suppressed);
            }
            causes.addFirst(cause);
        }
        return causes;
    }

    private static @Nullable Trouble known(String server, boolean tls, Throwable cause) {
        var text = String.valueOf(cause.getMessage());
        return switch (cause) {
            case UnknownHostException _ ->
                    new Trouble(server, "unknown host", "is the host's name right?");
            case ConnectException _ when text.toLowerCase(Locale.ROOT).contains("refused") ->
                    new Trouble(
                            server,
                            "connection refused",
                            "does Redis run there, and are host and port right?");
            case ConnectException _ ->
                    new Trouble(server, "cannot be reached", "is a firewall between?");
            case SSLException _ -> tls(server, text);
            case TimeoutException _, RedisCommandTimeoutException _ -> noAnswer(server, tls);
            default -> said(server, tls, text);
        };
    }

    private static Trouble noAnswer(String server, boolean tls) {
        return new Trouble(
                server,
                "no answer",
                tls
                        ? "does it speak TLS on this port? Without: redis://"
                        : "does it want TLS? Then rediss://");
    }

    private static Trouble tls(String server, String text) {
        if (text.contains("not an SSL/TLS record")) {
            return new Trouble(
                    server,
                    "does not speak TLS",
                    "use redis:// instead of rediss://, or the port of TLS");
        }
        if (text.contains("timed out") || text.contains("closed while")) {
            return noAnswer(server, true);
        }
        return new Trouble(
                server,
                "TLS failed: " + text,
                "name the file with the authority's certificate, and the host as the certificate"
                        + " does");
    }

    /** What Redis has said itself. */
    private static @Nullable Trouble said(String server, boolean tls, String message) {
        var text = message.replaceFirst("^(redis|sentinel) \\S+: ", "");
        if (text.startsWith("WRONGPASS")) {
            return new Trouble(server, text, "are user and password right?");
        }
        if (text.contains("NOAUTH")) {
            return new Trouble(
                    server, "asks for a password", "say it: redis://:password@host:port");
        }
        if (text.contains("without any password configured")) {
            return new Trouble(server, "has no password", "leave it out of the address");
        }
        if (text.contains("NOPERM")) {
            return new Trouble(
                    server, text, "give the user the rights that the documentation names");
        }
        if (text.equals("connection lost") || text.contains("Connection reset")) {
            return new Trouble(
                    server,
                    "closes the connection at once",
                    tls ? "is this the port of TLS?" : "does it want TLS? Then rediss://");
        }
        return null;
    }
}
