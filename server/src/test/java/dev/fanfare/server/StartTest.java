package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What the operator reads when the server does not start. */
class StartTest {
    @Test
    void saysWhatToTryWhereThePortIsTaken() {
        try (var first = RunningServer.start()) {
            var taken = String.valueOf(first.port());
            assertThatThrownBy(() -> RunningServer.start("internal-port: " + taken + "\n"))
                    .hasMessageContaining("port: 127.0.0.1:" + taken + " (expected: a free port")
                    .hasMessageContaining("./fanfare serve --port 8001");
        }
    }
}
