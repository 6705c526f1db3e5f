package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.harness.RedisProcess;
import dev.fanfare.server.config.Development;

/** Two servers in a test's own process that share a real Redis, which is the test's. */
record NodePair(RunningServer one, RunningServer two) implements AutoCloseable {
    private static final String CHANNELS =
            """
            channels:
              - pattern: "news:{n}"
                variables: { n: positive-integer }
                subscribe: everyone
                publish: everyone
                see-history: everyone
                history: { size: 100, age: 10m }
              - pattern: "now:{n}"
                variables: { n: positive-integer }
                subscribe: everyone
              - pattern: "room:{n}"
                variables: { n: positive-integer }
                subscribe: everyone
                presence: true
                join-leave: true
                push-join-leave: true
            """;

    static NodePair on(RedisProcess redis) {
        return on(redis, "");
    }

    /**
     * @param yaml further settings
     */
    static NodePair on(RedisProcess redis, String yaml) {
        return new NodePair(node(redis, yaml), node(redis, yaml));
    }

    static RunningServer node(RedisProcess redis, String yaml) {
        return node(redis.url(), yaml);
    }

    static RunningServer node(String url, String yaml) {
        return RunningServer.start(yaml + configuration(url));
    }

    static String configuration(String url) {
        return "engine: redis\nredis.address: " + url + "\n" + CHANNELS;
    }

    /** As a backend does, with the answer of a publish that has been taken. */
    static JsonNode publish(RunningServer node, String channel, int number) {
        var answer =
                node.publish(
                        "{\"channel\":\"" + channel + "\",\"payload\":{\"n\":" + number + "}}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    /** What the server API answers, with status 200. */
    static JsonNode call(RunningServer node, String method, String body) {
        var answer = post(node, method, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    static HttpAnswer post(RunningServer node, String method, String body) {
        return node.post(
                "/api/" + method,
                body,
                "X-API-Key: " + Development.API_KEY,
                "Content-Type: application/json");
    }

    @Override
    public void close() {
        two.close();
        one.close();
    }
}
