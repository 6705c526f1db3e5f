package dev.fanfare.check.wire;

import java.io.IOException;

/** The server has answered a request, and not as it was wished. */
public final class Refused extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;

    Refused(int status, String body) {
        super("HTTP " + status + " " + body);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
