package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class WalletTest {
    private final RunningServer server;

    WalletTest(TestDatabase database) {
        server = RunningServer.start(database.yaml());
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aUserSeesTheirWallet() {
        var answer = server.get("/api/wallet", "Authorization: Bearer " + server.token("42"));
        assertThat(answer.json()).isEqualTo(Json.read("{\"user_id\":42,\"balance_cents\":10000}"));
    }
}
