package dev.fanfare.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedOriginsTest {
    @ParameterizedTest
    @CsvSource({
        "https://example.com,     https://example.com,          true",
        "https://example.com,     https://EXAMPLE.com,          true",
        "https://example.com:443, https://example.com,          true",
        "https://example.com,     http://example.com,           false",
        "https://example.com,     https://example.com:8443,     false",
        "https://example.com,     https://example.com.evil.org, false",
        "https://example.com,     null,                         false",
        "https://*.example.com,   https://a.example.com,        true",
        "https://*.example.com,   https://a.b.example.com,      true",
        "https://*.example.com,   https://example.com,          false",
        "https://*.example.com,   https://.example.com,         false",
        "https://*.example.com,   https://badexample.com,       false",
        "https://*.example.com,   https://x/.example.com,       false",
        "http://localhost:*,      http://localhost,             true",
        "http://localhost:*,      http://localhost:5173,        true",
        "http://localhost:*,      http://localhost:5173/path,   false",
        "http://[::1]:*,          http://[::1]:8000,            true",
        "*,                       app://anything,               true",
    })
    void matchesPatterns(String pattern, String origin, boolean allowed) {
        assertThat(origins(pattern).allows(origin, "server")).isEqualTo(allowed);
    }

    @Test
    void allowsPagesOfTheSameHost() {
        assertThat(origins().allows("https://chat.example.com", "chat.example.com")).isTrue();
        assertThat(origins().allows("http://Localhost:8000", "localhost:8000")).isTrue();
        assertThat(origins().allows("http://localhost:3000", "localhost:8000")).isFalse();
        assertThat(origins().allows("null", "localhost:8000")).isFalse();
        assertThat(origins().allows("http://a", null)).isFalse();
    }

    @Test
    void allowsProgramsWhichSendNoOrigin() {
        assertThat(origins("https://example.com").allows(null, "server")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "https://",
                "https://a.*.com",
                "ftp://a",
                "https://a/",
                "https://a:x"
            })
    void refusesOtherPatterns(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> OriginPattern.parse(text));
    }

    private static AllowedOrigins origins(String... patterns) {
        return new AllowedOrigins(Stream.of(patterns).map(OriginPattern::parse).toList());
    }
}
