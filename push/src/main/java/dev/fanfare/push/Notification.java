package dev.fanfare.push;

/**
 * What one device shows.
 *
 * @param token the device
 * @param data a JSON object for the program on it
 */
public record Notification(String token, String title, String body, String data) {
    /** A token is nearly a credential: whoever has it can write to the device. */
    @Override
    public String toString() {
        return "Notification[title=" + title + ", body=" + body + ", data=" + data + "]";
    }
}
