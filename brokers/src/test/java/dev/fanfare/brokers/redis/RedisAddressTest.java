package dev.fanfare.brokers.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.brokers.redis.RedisAddress.Access;
import dev.fanfare.brokers.redis.RedisAddress.Cluster;
import dev.fanfare.brokers.redis.RedisAddress.Node;
import dev.fanfare.brokers.redis.RedisAddress.Sentinel;
import dev.fanfare.brokers.redis.RedisAddress.Standalone;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RedisAddressTest {
    private static final Access OPEN = new Access("", "", 0, false);

    @Test
    void readsOneServer() {
        assertThat(RedisAddress.parse("redis://localhost"))
                .isEqualTo(new Standalone(new Node("localhost", 6379), OPEN));
        assertThat(RedisAddress.parse("rediss://anna:s%40cret@[::1]:6390/3"))
                .isEqualTo(
                        new Standalone(
                                new Node("::1", 6390), new Access("anna", "s@cret", 3, true)));
        assertThat(RedisAddress.parse("redis://:a+b@h/"))
                .isEqualTo(new Standalone(new Node("h", 6379), new Access("", "a+b", 0, false)));
    }

    @Test
    void writesOneServerAsItReadsIt() {
        for (var url :
                List.of(
                        "redis://localhost:6379/0",
                        "rediss://anna:s%40cret%20%2B@[::1]:6390/3",
                        "redis://:secret@h:1/0")) {
            assertThat(((Standalone) RedisAddress.parse(url)).url()).isEqualTo(url);
        }
    }

    @Test
    void readsSentinels() {
        assertThat(RedisAddress.parse("redis-sentinel://h1,h2:26380/mymaster"))
                .isEqualTo(
                        new Sentinel(
                                List.of(new Node("h1", 26379), new Node("h2", 26380)),
                                "mymaster",
                                OPEN));
    }

    @Test
    void readsClusters() {
        assertThat(RedisAddress.parse("rediss-cluster://u:p@h1:7000,h2:7001"))
                .isEqualTo(
                        new Cluster(
                                List.of(new Node("h1", 7000), new Node("h2", 7001)),
                                new Access("u", "p", 0, true)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    localhost:6379 | redis://user:password@host:6379/0
                    http://localhost | redis://user:password@host:6379/0
                    redis:// | redis://user:password@host:6379/0
                    redis://a,b | redis-sentinel:// and redis-cluster:// take several
                    redis://a/x | a database's number
                    redis://a:0 | a port from 1 to 65535
                    redis://a:70000 | a port from 1 to 65535
                    redis://a:b | host:port instead of "a:b"
                    redis://secret@a | user:password@ or :password@
                    redis://u:%zz@a | a percent sign in user or password as %25
                    redis-sentinel://a | the master's name after the hosts
                    redis-cluster://a/1 | a cluster has only number 0
                    redis-cluster://a,,b | host:port instead of ""
                    """)
    void saysWhatIsWrong(String text, String expected) {
        assertThatThrownBy(() -> RedisAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("address: ")
                .hasMessageContaining(expected);
    }

    @Test
    void neverShowsThePassword() {
        assertThatThrownBy(() -> RedisAddress.parse("redis://anna:secret@a:b"))
                .hasMessageNotContaining("secret");
        assertThat(RedisAddress.parse("redis://anna:secret@a").toString()).doesNotContain("secret");
    }
}
