package dev.fanfare.core.protocol;

import dev.fanfare.core.model.Disconnect;

/** A client broke its protocol so that the connection cannot go on. */
public final class ProtocolException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Disconnect disconnect;

    public ProtocolException(Disconnect disconnect, String detail) {
        super(detail, null, false, false);
        this.disconnect = disconnect;
    }

    public Disconnect disconnect() {
        return disconnect;
    }
}
