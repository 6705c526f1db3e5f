package dev.fanfare.brokers.redis;

import dev.fanfare.harness.RedisClusterProcesses;
import dev.fanfare.harness.RedisProcess;
import dev.fanfare.harness.RedisProcess.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Ways in which Redis can be there. */
enum Topology {
    ONE_6,
    ONE_7,
    TWO,
    CLUSTER_6,
    CLUSTER_7;

    private static final int PRIMARIES = 3;

    /**
     * Servers that run.
     *
     * @param addresses as nodes are told them
     * @param primaries each one's, for tests
     */
    record Running(List<String> addresses, List<String> primaries, Runnable end)
            implements AutoCloseable {
        RedisServers connect() throws RedisStartFailure {
            var shards = addresses.stream().map(RedisAddress::parse).toArray(RedisAddress[]::new);
            return RedisServers.open(RedisOptions.of(shards), RedisObserver.NONE);
        }

        @Override
        public void close() {
            end.run();
        }
    }

    Running start() throws IOException {
        return switch (this) {
            case ONE_6 -> each(Version.REDIS_6);
            case ONE_7 -> each(Version.REDIS_7);
            case TWO -> each(Version.REDIS_6, Version.REDIS_7);
            case CLUSTER_6 -> cluster(Version.REDIS_6);
            case CLUSTER_7 -> cluster(Version.REDIS_7);
        };
    }

    private static Running each(Version... versions) throws IOException {
        var processes = new ArrayList<RedisProcess>();
        var urls = new ArrayList<String>();
        for (var version : versions) {
            var redis = RedisProcess.start(version);
            processes.add(redis);
            urls.add(redis.url());
        }
        return new Running(urls, urls, () -> processes.forEach(RedisProcess::close));
    }

    private static Running cluster(Version version) throws IOException {
        var cluster = RedisClusterProcesses.start(version, PRIMARIES);
        var primaries =
                IntStream.range(0, PRIMARIES).mapToObj(index -> cluster.node(index).url()).toList();
        return new Running(List.of(cluster.url()), primaries, cluster::close);
    }
}
