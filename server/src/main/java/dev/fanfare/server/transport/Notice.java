package dev.fanfare.server.transport;

import dev.fanfare.server.config.Endpoint;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How an answer says over HTTP that its endpoint is deprecated. */
final class Notice {
    /** As RFC 9110 has it, section 5.6.7. */
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private Notice() {}

    /** Before the answer, whatever it is. */
    static void put(HttpServerResponse response, Endpoint endpoint) {
        var deprecation = endpoint.manners().deprecation();
        if (deprecation == null) {
            return;
        }
        response.putHeader("Deprecation", "@" + deprecation.since().getEpochSecond());
        var sunset = deprecation.sunset();
        if (sunset != null) {
            response.putHeader("Sunset", date(sunset));
        }
        var successor = deprecation.successor();
        if (successor != null) {
            response.putHeader("Link", "<" + successor + ">; rel=\"successor-version\"");
        }
    }

    private static String date(Instant time) {
        return HTTP_DATE.format(time);
    }
}
