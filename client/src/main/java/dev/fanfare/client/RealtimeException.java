package dev.fanfare.client;

import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message was not published, or nobody knows whether it was. */
public final class RealtimeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What went wrong, for programs. */
    public enum Code {
        /** No answer in time. */
        TIMEOUT(true),
        /** No connection. */
        UNREACHABLE(true),
        /** The server cannot now. */
        UNAVAILABLE(true),
        /** The server can, but takes no more of this sender now. */
        BUSY(true),
        /** The server does not know the key. */
        UNAUTHORIZED(false),
        /** The server understood and said no; {@link #reply} has its words. */
        REFUSED(false),
        /** An answer that is none of this server's, so the address may be wrong. */
        UNEXPECTED(false),
        /** Too much waits already; nothing was sent. */
        FULL(true),
        /** It is closed; nothing was sent. */
        CLOSED(false),
        /** It cannot be sent: JSON has no form for it, or it has no channel. */
        INVALID(false),
        /** The thread was interrupted while it waited. */
        INTERRUPTED(false);

        private final boolean temporary;

        Code(boolean temporary) {
            this.temporary = temporary;
        }

        /** Whether another try may help. */
        public boolean isTemporary() {
            return temporary;
        }
    }

    /** What the server said: 107 and {@code bad request}, for example. */
    public record Reply(int code, String message) implements Serializable {}

    private final Code code;
    private final @Nullable Reply reply;

    public RealtimeException(Code code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.reply = null;
    }

    public RealtimeException(Code code, String message, @Nullable Reply reply) {
        super(message);
        this.code = code;
        this.reply = reply;
    }

    public Code code() {
        return code;
    }

    public Optional<Reply> reply() {
        return Optional.ofNullable(reply);
    }
}
