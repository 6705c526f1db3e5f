package dev.fanfare.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The URL of a key set. {@code {{name}}} stands for what the group of that name has captured of a
 * token's issuer or audience, so that one server can trust many issuers of a kind.
 */
public record JwksUrl(String template) {
    private static final Pattern PLACE = Pattern.compile("\\{\\{([A-Za-z][A-Za-z0-9]*)}}");

    /**
     * @throws IllegalArgumentException for text that is no URL of the web
     */
    public JwksUrl {
        var url = URI.create(PLACE.matcher(template).replaceAll("name"));
        boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
        if (!web || url.getHost() == null) {
            throw new IllegalArgumentException("url: " + template);
        }
    }

    /** The groups that it needs. */
    public Set<String> names() {
        return PLACE.matcher(template)
                .results()
                .map(place -> place.group(1))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether somebody on the way could exchange the keys. */
    public boolean isOpen() {
        return template.startsWith("http:");
    }

    /** Null: the claims do not say all that it needs. */
    @Nullable URI fill(Claims claims, TokenTerms terms) {
        var names = names();
        var captured = names.isEmpty() ? Map.<String, String>of() : captured(claims, terms);
        if (!captured.keySet().containsAll(names)) {
            return null;
        }
        try {
            Function<MatchResult, String> value = place -> escaped(captured, place.group(1));
            return URI.create(PLACE.matcher(template).replaceAll(value));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * A token says what it likes: whatever it says stays one part of a path, a host or a query.
     *
     * @throws IllegalArgumentException for what would lead elsewhere
     */
    private static String escaped(Map<String, String> captured, String name) {
        var value = captured.getOrDefault(name, "");
        if (value.isEmpty() || value.equals(".") || value.equals("..")) {
            throw new IllegalArgumentException(name);
        }
        return URLEncoder.encode(value, UTF_8).replace("+", "%20");
    }

    private static Map<String, String> captured(Claims claims, TokenTerms terms) {
        var captured = new HashMap<String, String>();
        var audience = terms.audience();
        if (audience != null) {
            claims.audiences().forEach(one -> capture(audience, one, captured));
        }
        var issuer = terms.issuer();
        if (issuer != null) {
            capture(issuer, claims.issuer(), captured);
        }
        return captured;
    }

    private static void capture(Pattern pattern, String text, Map<String, String> captured) {
        var matcher = pattern.matcher(text);
        if (TokenTerms.isShort(text) && matcher.matches()) {
            pattern.namedGroups()
                    .forEach(
                            (name, group) -> {
                                var value = matcher.group(group);
                                if (value != null) {
                                    captured.put(name, value);
                                }
                            });
        }
    }
}
