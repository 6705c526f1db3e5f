package dev.fanfare.push;

import java.net.URI;
import java.time.Duration;

/**
 * How Expo's service is reached.
 *
 * @param url without a path: {@code https://exp.host}
 * @param accessToken empty: the project asks for none
 * @param timeout of one request
 */
public record ExpoOptions(URI url, String accessToken, Duration timeout) {
    public static final URI EXPO = URI.create("https://exp.host");

    URI endpoint(String name) {
        return URI.create(url.toString().replaceFirst("/+$", "") + "/--/api/v2/push/" + name);
    }

    /** Without the access token. */
    @Override
    public String toString() {
        return "ExpoOptions[url=" + url + ", timeout=" + timeout + "]";
    }
}
