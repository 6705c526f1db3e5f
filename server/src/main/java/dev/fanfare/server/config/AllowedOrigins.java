package dev.fanfare.server.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which web pages may talk to the server. Programs send no origin and always may. */
public record AllowedOrigins(List<OriginPattern> patterns) {
    public AllowedOrigins {
        patterns = List.copyOf(patterns);
    }

    /**
     * @param origin the header Origin; null where there is none
     * @param host the header Host
     */
    public boolean allows(@Nullable String origin, @Nullable String host) {
        if (origin == null) {
            return true;
        }
        return isSameHost(origin, host)
                || patterns.stream().anyMatch(pattern -> pattern.matches(origin));
    }

    private static boolean isSameHost(String origin, @Nullable String host) {
        int authority = origin.indexOf("://") + 3;
        return host != null && authority > 2 && origin.substring(authority).equalsIgnoreCase(host);
    }
}
