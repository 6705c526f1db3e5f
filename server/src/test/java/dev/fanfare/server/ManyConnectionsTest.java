package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Everybody comes at once, as after a deploy. */
@Timeout(60)
class ManyConnectionsTest {
    private static final int CLIENTS = 5_000;

    @Test
    void fiveThousandConnectAtOnceAndHearTheSame() throws Exception {
        try (var server = RunningServer.start();
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var target = "/ws?channels=post:1&token=" + server.token("42");
            var sockets = all(clients.invokeAll(times(() -> server.socket(target))));
            assertThat(sockets).hasSize(CLIENTS);

            server.publish("{\"channel\":\"post:1\",\"payload\":{\"type\":\"gift.received\"}}");
            var heard =
                    all(
                            clients.invokeAll(
                                    sockets.stream()
                                            .map(socket -> (Callable<String>) socket::text)
                                            .toList()));
            assertThat(heard).hasSize(CLIENTS).containsOnly("{\"type\":\"gift.received\"}");
            assertThat(server.metric("fanfare_connections")).isEqualTo(CLIENTS);
            sockets.forEach(TestSocket::close);
        }
    }

    private static <T> List<Callable<T>> times(Callable<T> task) {
        var tasks = new ArrayList<Callable<T>>();
        for (int i = 0; i < CLIENTS; i++) {
            tasks.add(task);
        }
        return tasks;
    }

    private static <T> List<T> all(Iterable<Future<T>> futures) throws Exception {
        var results = new ArrayList<T>();
        for (var future : futures) {
            results.add(future.get());
        }
        return results;
    }
}
