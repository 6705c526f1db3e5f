package dev.fanfare.apps.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.apps.web.Call;
import dev.fanfare.apps.web.User;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request that nobody has sent, with a key or without. */
record FakeCall(String userId, @Nullable String key, String text) implements Call {
    @Override
    public User user() {
        return new User(userId, Map.of());
    }

    @Override
    public String variable(String name) {
        throw new IllegalStateException(name);
    }

    @Override
    public Optional<String> query(String name) {
        return Optional.empty();
    }

    @Override
    public Optional<String> header(String name) {
        return name.equals("Idempotency-Key") ? Optional.ofNullable(key) : Optional.empty();
    }

    @Override
    public byte[] body() {
        return text.getBytes(UTF_8);
    }

    @Override
    public String address() {
        return "127.0.0.1";
    }
}
