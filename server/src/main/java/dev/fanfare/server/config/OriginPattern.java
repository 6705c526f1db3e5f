package dev.fanfare.server.config;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Web origins (RFC 6454) that are allowed, like {@code https://*.example.com}, {@code
 * http://localhost:*}, or {@code *} for all. A star before the host stands for any subdomain, but
 * not for the domain itself; a star as the port stands for any, or none.
 */
public record OriginPattern(String scheme, String host, String port) {
    private static final Pattern PATTERN =
            Pattern.compile(
                    "(https?)://((?:\\*\\.)?[a-z0-9.-]+|\\[[0-9a-f:.]+])(?::([0-9]+|\\*))?");
    private static final Pattern ORIGIN =
            Pattern.compile("([a-z][a-z0-9+.-]*)://([^:/\\[\\]]+|\\[[0-9a-f:.]+])(?::([0-9]+))?");
    private static final String ANY = "*";

    static ValueType<OriginPattern> type() {
        return new ValueType<>("origins like https://*.example.com", OriginPattern::parse);
    }

    static OriginPattern parse(String text) {
        if (text.equals(ANY)) {
            return new OriginPattern(ANY, ANY, ANY);
        }
        var matcher = PATTERN.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no origin");
        }
        var port = port(matcher.group(1), matcher.group(3));
        return new OriginPattern(matcher.group(1), matcher.group(2), port);
    }

    boolean matches(String origin) {
        if (scheme.equals(ANY)) {
            return true;
        }
        var matcher = ORIGIN.matcher(origin.toLowerCase(Locale.ROOT));
        return matcher.matches()
                && scheme.equals(matcher.group(1))
                && matchesHost(matcher.group(2))
                && (port.equals(ANY) || port.equals(port(scheme, matcher.group(3))));
    }

    private boolean matchesHost(String name) {
        return host.startsWith("*.")
                ? name.length() >= host.length() && name.endsWith(host.substring(1))
                : name.equals(host);
    }

    /** Browsers leave a scheme's own port out. */
    private static String port(String scheme, @Nullable String given) {
        if (given != null) {
            return given;
        }
        return scheme.equals("https") ? "443" : "80";
    }
}
