package dev.fanfare.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource
class DeviceTokensTest {
    private static final String PHONE = "ExponentPushToken[phone]";
    private static final String TABLET = "ExpoPushToken[tablet]";

    @Parameter private TestDatabase kind;
    @TempDir private Path directory;
    private HikariDataSource source;
    private Jdbi database;
    private final DeviceTokens tokens = new DeviceTokens(3);

    @BeforeEach
    void open() {
        source = TestDatabase.open(kind.create(directory));
        database = Jdbi.create(source);
    }

    @AfterEach
    void close() {
        source.close();
    }

    @Test
    void aUserHasSeveralDevicesAndForgetsThemOneByOne() {
        register("alice", PHONE);
        register("alice", TABLET);
        register("alice", PHONE);
        assertThat(of("alice")).containsExactlyInAnyOrder(PHONE, TABLET);
        assertThat(remove("alice", PHONE)).isTrue();
        assertThat(remove("alice", PHONE)).isFalse();
        assertThat(of("alice")).containsExactly(TABLET);
    }

    @Test
    void aTokenBelongsToWhoeverRegisteredItLast() {
        register("alice", PHONE);
        database.useTransaction(handle -> PushQueue.add(handle, "alice", "t", "b", "{}"));
        register("bob", PHONE);
        assertThat(of("alice")).isEmpty();
        assertThat(of("bob")).containsExactly(PHONE);
        assertThat(waiting()).isZero();
        assertThat(remove("alice", PHONE)).isFalse();
    }

    @Test
    void beyondTheLimitTheOldestIsForgotten() {
        for (int i = 1; i <= 4; i++) {
            register("alice", "ExponentPushToken[" + i + "]");
        }
        register("bob", PHONE);
        assertThat(of("alice"))
                .containsExactlyInAnyOrder(
                        "ExponentPushToken[2]", "ExponentPushToken[3]", "ExponentPushToken[4]");
        assertThat(of("bob")).containsExactly(PHONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {PHONE, TABLET, "ExponentPushToken[a-B_3.:/+=]"})
    void knowsATokenOfExpo(String text) {
        assertThat(DeviceTokens.isToken(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "phone",
                "ExponentPushToken[]",
                "ExponentPushToken[a",
                "exponentPushToken[a]",
                " ExponentPushToken[a]",
                "ExponentPushToken[a b]",
                "ExponentPushToken[a]]",
                "ExponentPushToken[ä]",
                "ExponentPushToken[a]\n"
            })
    void nothingElseIsOne(String text) {
        assertThat(DeviceTokens.isToken(text)).isFalse();
        assertThat(DeviceTokens.isToken("ExponentPushToken[" + "a".repeat(300) + "]")).isFalse();
    }

    private void register(String user, String token) {
        database.useTransaction(handle -> tokens.register(handle, user, token, "ios"));
    }

    private boolean remove(String user, String token) {
        return database.inTransaction(handle -> tokens.remove(handle, user, token));
    }

    private List<String> of(String user) {
        return database.withHandle(
                handle ->
                        handle.createQuery("select token from push_token where user_id = ?")
                                .bind(0, user)
                                .mapTo(String.class)
                                .list());
    }

    private long waiting() {
        return database.withHandle(QueueTable::state).waiting();
    }
}
