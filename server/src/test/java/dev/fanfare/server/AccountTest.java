package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Signing up and logging in, over HTTP. */
@ParameterizedClass
@EnumSource
class AccountTest {
    private static final String PASSWORD = "correct horse";

    private final RunningServer server;

    AccountTest(TestDatabase database) {
        server =
                RunningServer.start(
                        database.yaml()
                                + "accounts.bcrypt-cost: 4\n"
                                + "accounts.attempts-per-minute: 30\n"
                                + "accounts.token-lifetime: 1h\n");
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void whoSignsUpIsAnsweredATokenThatOpensTheSocket() {
        var answer = signUp("Alice", PASSWORD);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        var token = answer.json().get("access_token").asText();
        assertThat(answer.body())
                .isEqualTo(
                        "{\"access_token\":\""
                                + token
                                + "\",\"token_type\":\"bearer\",\"expires_in\":3600,"
                                + "\"user\":{\"id\":1001,\"username\":\"Alice\"}}");
        try (var socket = server.socket("/ws?channels=hub:1001&token=" + token)) {
            server.publish("{\"channel\":\"hub:1001\",\"payload\":{\"type\":\"profile_update\"}}");
            assertThat(socket.json().get("type").asText()).isEqualTo("profile_update");
        }
    }

    @Test
    void whoLogsInIsAnsweredTheSameUserInAnyLetters() {
        signUp("Alice", PASSWORD);
        signUp("bob", PASSWORD);

        var answer = logIn("aLICE", PASSWORD);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("user"))
                .isEqualTo(Json.read("{\"id\":1001,\"username\":\"Alice\"}"));
        var wallet =
                server.get(
                        "/api/wallet",
                        "Authorization: Bearer " + answer.json().get("access_token").asText());
        assertThat(wallet.json().get("user_id").asLong()).isEqualTo(1001);
    }

    @Test
    void aNameIsGivenOnce() {
        signUp("Alice", PASSWORD);

        assertThat(signUp("ALICE", PASSWORD).problem())
                .isEqualTo("409 username_taken username ALICE");
    }

    @Test
    void ofManyWhoWantOneNameAtOnceOneGetsIt() throws InterruptedException {
        Callable<HttpAnswer> asking = () -> signUp("Alice", PASSWORD);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = threads.invokeAll(Collections.nCopies(20, asking));
            assertThat(answers.stream().map(answer -> answer.resultNow().status()))
                    .containsOnly(201, 409)
                    .containsOnlyOnce(201);
        }
    }

    @Test
    void aWrongPasswordAndAnUnknownNameAreToldAlike() {
        signUp("alice", PASSWORD);

        var wrong = logIn("alice", "correct house");
        var unknown = logIn("bob", PASSWORD);

        assertThat(wrong.problem()).isEqualTo("401 unauthorized password a wrong name or password");
        assertThat(unknown.body()).isEqualTo(wrong.body());
    }

    @Test
    void whatCannotBeANameOrAPasswordIsSaid() {
        assertThat(signUp("al ice", PASSWORD).problem())
                .isEqualTo("400 bad_request username al ice");
        assertThat(signUp("alice", "1234567").problem())
                .isEqualTo("400 bad_request password 7 characters");
        assertThat(signUp("alice", "x".repeat(201)).problem())
                .isEqualTo("400 bad_request password 201 characters");
        assertThat(post("signup", "{\"username\":\"alice\"}").problem())
                .isEqualTo("400 bad_request password nothing");
        assertThat(post("signup", "{\"username\":\"alice\",\"password\":12345678}").problem())
                .isEqualTo("400 bad_request password no text");
        assertThat(
                        post(
                                        "signup",
                                        "{\"username\":\"alice\",\"password\":\"12345678\","
                                                + "\"role\":\"admin\"}")
                                .problem())
                .isEqualTo("400 bad_request role an unknown member");
        assertThat(post("login", "").problem()).isEqualTo("400 bad_request body nothing");
    }

    private HttpAnswer signUp(String name, String password) {
        return post("signup", credentials(name, password));
    }

    private HttpAnswer logIn(String name, String password) {
        return post("login", credentials(name, password));
    }

    static String credentials(String name, String password) {
        return "{\"username\":\"" + name + "\",\"password\":\"" + password + "\"}";
    }

    private HttpAnswer post(String what, String body) {
        return server.post("/api/auth/" + what, body, "Content-Type: application/json");
    }
}
