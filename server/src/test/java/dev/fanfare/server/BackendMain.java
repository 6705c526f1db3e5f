package dev.fanfare.server;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.fanfare.client.Delivery;
import dev.fanfare.client.Event;
import dev.fanfare.client.HttpDelivery;
import dev.fanfare.client.PublishObserver;
import dev.fanfare.client.PublisherConfig;
import dev.fanfare.client.jdbc.Outbox;
import dev.fanfare.client.jdbc.OutboxRelay;
import dev.fanfare.client.jdbc.RelayOptions;
import dev.fanfare.server.config.Development;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;

/** A backend in a process of its own, which says what it has done and waits to be killed. */
final class BackendMain {
    static final RelayOptions OPTIONS =
            RelayOptions.DEFAULT
                    .withPoll(Duration.ofMillis(50))
                    .withLease(Duration.ofSeconds(1))
                    .withPauses(Duration.ofMillis(50), Duration.ofMillis(200));

    private BackendMain() {}

    /**
     * @param arguments what to do: {@code commit}, {@code send} or {@code relay}; the database; the
     *     server
     */
    public static void main(String[] arguments) throws Exception {
        var source = source(arguments[1]);
        var http = new HttpDelivery(config(arguments[2]));
        switch (arguments[0]) {
            case "commit" -> commit(source);
            case "send" -> {
                relay(source, event -> http.deliver(event).thenCompose(_ -> tellNobody()));
                commit(source);
            }
            default -> relay(source, http);
        }
        new CountDownLatch(1).await();
    }

    static HikariDataSource source(String url) {
        var pool = new HikariConfig();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(2);
        pool.setConnectionTimeout(1_000);
        pool.setInitializationFailTimeout(-1);
        return new HikariDataSource(pool);
    }

    static PublisherConfig config(String server) {
        return PublisherConfig.of(server, Development.PUBLISH_TOKEN);
    }

    /** The business, and what it tells. */
    private static void commit(DataSource source) throws Exception {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("insert into gift (id) values (1)");
            Outbox.add(connection, Event.ofJson("post:1", "{\"type\":\"gift.received\",\"n\":1}"));
            connection.commit();
            say("committed");
        }
    }

    private static void relay(DataSource source, Delivery delivery) {
        var _ = OutboxRelay.start(source, delivery, OPTIONS, PublishObserver.NONE);
    }

    /** The server has taken it, and this process never hears of that. */
    private static CompletableFuture<Void> tellNobody() {
        say("sent");
        return new CompletableFuture<>();
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
