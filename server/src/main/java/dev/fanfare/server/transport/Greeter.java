package dev.fanfare.server.transport;

import dev.fanfare.core.access.Identity;
import dev.fanfare.core.channel.Channels;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Payload.Format;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.core.session.Wish;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Knows what each endpoint greets with. Any thread. */
public final class Greeter {
    private final InitialState state;
    private final Duration patience;
    private final FirstWords words;
    private final Monitors monitors;

    /**
     * @param state of the application; {@link InitialState#NONE}: there is no application
     * @param patience how long a greeting may take
     */
    public Greeter(Channels channels, InitialState state, InstantSource clock, Duration patience) {
        this.state = state;
        this.patience = patience;
        words = new FirstWords(clock);
        monitors = new Monitors(channels, words);
    }

    /** A greeting that consists of words alone. */
    private record Spoken(List<Wish> wishes, Words words) implements Welcome {
        @Override
        public CompletionStage<List<Push.Message>> words(ClientInfo client) {
            return words.to(client);
        }
    }

    @FunctionalInterface
    private interface Words {
        CompletionStage<List<Push.Message>> to(ClientInfo client);
    }

    /** Before anything is done for the guest. */
    CompletionStage<Welcome> welcome(Guest guest) {
        return switch (guest.door().endpoint().manners().greeting()) {
            case NONE -> spoken(guest, client -> CompletableFuture.completedFuture(List.of()));
            case SYNC_CONNECTED -> spoken(guest, client -> connected(guest, client));
            case WS_ACK ->
                    spoken(
                            guest,
                            client ->
                                    CompletableFuture.completedFuture(
                                            List.of(first("ws_ack", guest, client))));
            case MONITOR_SNAPSHOT -> within(monitors.welcome(guest));
        };
    }

    private static CompletionStage<Welcome> spoken(Guest guest, Words words) {
        return CompletableFuture.completedFuture(new Spoken(guest.wishes(), words));
    }

    private CompletionStage<List<Push.Message>> connected(Guest guest, ClientInfo client) {
        var first = first("sync_connected", guest, client);
        return within(state(guest.identity()))
                .thenApply(
                        found ->
                                found.map(json -> List.of(first, message(json)))
                                        .orElse(List.of(first)));
    }

    private CompletionStage<Optional<byte[]>> state(Identity user) {
        try {
            return state.of(user);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private <T> CompletionStage<T> within(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .copy()
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Push.Message first(String type, Guest guest, ClientInfo client) {
        var deprecation = guest.door().endpoint().manners().deprecation();
        return FirstWords.message(words.greeting(type, client, deprecation));
    }

    private static Push.Message message(byte[] json) {
        return new Push.Message(Payload.of(json, Format.JSON));
    }
}
