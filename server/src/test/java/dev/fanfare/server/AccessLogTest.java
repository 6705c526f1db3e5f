package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The log names connection, user and reason, and never a token. */
class AccessLogTest {
    /** Keeps what is logged. */
    private static final class Kept extends AppenderBase<ILoggingEvent> {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage());
        }
    }

    private final TestClock clock = new TestClock();
    private final Kept kept = new Kept();
    private Logger log;
    private Level before;
    private RunningServer server;

    @BeforeEach
    void start() {
        server = RunningServer.start(clock, "");
        log = (Logger) LoggerFactory.getLogger("fanfare");
        before = log.getLevel();
        log.setLevel(Level.TRACE);
        kept.setContext(log.getLoggerContext());
        kept.start();
        log.addAppender(kept);
    }

    @AfterEach
    void stop() {
        log.detachAppender(kept);
        log.setLevel(before);
        server.close();
    }

    @Test
    void namesConnectionUserAndReason() {
        try (var socket =
                server.socket(
                        "/ws?channels=post:1&token=" + server.token("42", Duration.ofSeconds(5)))) {
            socket.ask("nonsense");
            clock.advance(Duration.ofSeconds(5));
            socket.ending();
        }
        await().untilAsserted(
                        () ->
                                assertThat(kept.lines)
                                        .anyMatch(
                                                line ->
                                                        line.matches(
                                                                "connection \\S+ of user 42 closed:"
                                                                    + " 3005 connection expired")));
    }

    @Test
    void saysWhoIsTurnedAwayAndWhy() {
        server.refusal("/ws?channels=post:1");
        server.refusal("/ws?channels=post:0&token=" + server.token("42"));
        assertThat(kept.lines)
                .anyMatch(line -> line.contains("/ws") && line.contains("token: nothing"))
                .anyMatch(line -> line.contains("/ws") && line.contains("post:0"));
    }

    @Test
    void neverShowsAToken() {
        var tokens = List.of(server.token("42"), server.token("42", Duration.ZERO), "n0nsense");
        for (var token : tokens) {
            server.refusal("/ws?channels=post:0&token=" + token);
            server.get("/sse?channels=post:0", "Authorization: Bearer " + token);
            server.get("/nowhere?token=" + token);
            server.publish("{}", "X-Token: " + token);
        }
        try (var socket = server.socket("/ws?channels=post:1&token=" + tokens.getFirst())) {
            socket.ask(tokens.getFirst());
            socket.ask("{\"type\":\"" + tokens.getFirst() + "\"}");
        }
        assertThat(kept.lines)
                .isNotEmpty()
                .noneMatch(line -> tokens.stream().anyMatch(line::contains))
                .noneMatch(line -> line.contains("dev-publish-token"));
    }
}
