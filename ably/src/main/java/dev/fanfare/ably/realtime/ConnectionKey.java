package dev.fanfare.ably.realtime;

import java.util.regex.Pattern;

/**
 * The secret by which a connection is continued: its id, and what only its client has been told.
 */
final class ConnectionKey {
    private static final Pattern FORM = Pattern.compile("[\\w-]{8,36}![0-9a-f]{32}");

    private ConnectionKey() {}

    /**
     * @param secret of 32 hexadecimal digits
     */
    static String of(String connectionId, String secret) {
        return connectionId + "!" + secret;
    }

    /** Whether it could be one of ours. */
    static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }
}
