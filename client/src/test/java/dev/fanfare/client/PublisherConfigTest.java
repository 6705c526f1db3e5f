package dev.fanfare.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublisherConfigTest {
    private static final PublisherConfig CONFIG = PublisherConfig.of("http://h:8000", "token");

    @Test
    void comesFromTheEnvironment() {
        var config =
                PublisherConfig.from(
                        new Environment(
                                Map.of(
                                        "REALTIME_PUBLISH_URL", "https://h:8002/",
                                        "REALTIME_PUBLISH_TOKEN", "t",
                                        "PUBSUB_REDIS_URL", "redis://r:6379")));
        assertThat(config.endpoint()).hasToString("https://h:8002/internal/publish");
        assertThat(config.token()).isEqualTo("t");
        assertThat(config.redisUrl()).isEqualTo("redis://r:6379");
    }

    @Test
    void needsNoRedis() {
        var config =
                PublisherConfig.from(
                        new Environment(
                                Map.of(
                                        "REALTIME_PUBLISH_URL", "http://h",
                                        "REALTIME_PUBLISH_TOKEN", "t")));
        assertThat(config.redisUrl()).isEmpty();
        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.maxWaiting()).isEqualTo(10_000);
        assertThat(config.maxWaitingPerChannel()).isEqualTo(1_000);
        assertThat(config.maxUnderWay()).isEqualTo(64);
    }

    @Test
    void saysWhatIsMissing() {
        assertThatIllegalStateException()
                .isThrownBy(
                        () ->
                                PublisherConfig.from(
                                        new Environment(
                                                Map.of("REALTIME_PUBLISH_URL", "http://h"))))
                .withMessage(
                        "token: nothing (expected: REALTIME_PUBLISH_TOKEN in the environment)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:6379",
                "http://h",
                "redis://",
                "redis-cluster://h:1",
                "redis://a:1,b:2",
                "redis://me:secret@/0"
            })
    void refusesWhatIsNoRedis(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CONFIG.withRedis(url))
                .withMessageStartingWith("redisUrl: ")
                .withMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret\n",
                "\tsecret",
                "secret secret",
                "secret\0",
                "secr\u00e9t",
                "\u20ac"
            })
    void refusesATokenThatNoHeaderCanHold(String token) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PublisherConfig.of("http://h", token))
                .withMessageStartingWith("token: character ")
                .withMessageNotContaining("secr");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://me:secret@h:8000",
                "ftp://me:secret@h",
                "http://me:secret @h",
                "me:secret@h"
            })
    void refusesUserAndPasswordInTheAddressAndDoesNotShowThem(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PublisherConfig.of(url, "token"))
                .withMessageStartingWith("publishUrl: ")
                .withMessageContaining("(expected: an address ")
                .withMessageNotContaining("secret");
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PublisherConfig.of("localhost:8000", "t"));
        assertThatIllegalArgumentException().isThrownBy(() -> PublisherConfig.of("http://h", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> CONFIG.withTimeout(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> CONFIG.withMaxWaiting(0));
        assertThatIllegalArgumentException().isThrownBy(() -> CONFIG.withMaxWaitingPerChannel(0));
        assertThatIllegalArgumentException().isThrownBy(() -> CONFIG.withMaxUnderWay(0));
    }

    @Test
    void neverShowsSecrets() {
        assertThat(CONFIG.withRedis("redis://me:secret@r:6379").toString())
                .contains("http://h:8000", "redis://r:6379")
                .doesNotContain("token", "secret");
    }
}
