package dev.fanfare.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.access.AccessRule;
import dev.fanfare.core.access.Authentication;
import dev.fanfare.core.access.Identity;
import dev.fanfare.core.access.Tokens;
import dev.fanfare.core.broker.MemoryBroker;
import dev.fanfare.core.channel.Catalogue;
import dev.fanfare.core.channel.Channels;
import dev.fanfare.core.hub.Hub;
import dev.fanfare.core.hub.HubObserver;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.presence.MemoryPresence;
import dev.fanfare.core.protocol.Frame;
import dev.fanfare.core.session.Connection;
import dev.fanfare.core.session.SessionLoop;
import dev.fanfare.core.session.SessionObserver;
import dev.fanfare.core.session.SessionRules;
import dev.fanfare.core.session.SessionRules.Customs;
import dev.fanfare.core.session.SessionRules.Heartbeat;
import dev.fanfare.core.session.SessionRules.Loss;
import dev.fanfare.core.session.UserDirectory;
import dev.fanfare.protocols.centrifuge.CentrifugeCodec;
import dev.fanfare.server.config.AllowedOrigins;
import dev.fanfare.server.config.Endpoint;
import dev.fanfare.server.config.Endpoint.Allowance;
import dev.fanfare.server.config.Endpoint.Connections;
import dev.fanfare.server.config.Endpoint.InBand;
import dev.fanfare.server.config.Endpoint.Transport;
import dev.fanfare.server.config.Manners;
import dev.fanfare.server.config.ServerConfig.Limits;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a client leaves behind that goes before it is in. */
class LobbyTest {
    private static final Executor AT_ONCE = Runnable::run;
    private static final String CONNECT = "{\"id\":1,\"connect\":{\"token\":\"t\"}}";
    private static final SessionRules RULES =
            new SessionRules(
                    3,
                    5,
                    1_000,
                    8,
                    null,
                    new Heartbeat(Duration.ofSeconds(25), Duration.ofSeconds(8)),
                    new Customs(Loss.ENDS, true, Customs.PLAIN.grace(), false));

    private final CompletableFuture<Authentication> judgement = new CompletableFuture<>();
    private final ConnectionLimits limits =
            new ConnectionLimits(
                    new Limits.Connections(
                            1, 1, Integer.MAX_VALUE, Duration.ZERO, Duration.ofSeconds(10)),
                    InstantSource.system());
    private final SessionLoop loop = loop();
    private final Lobby lobby =
            new Lobby(
                    new Gate(
                            new Tokens(token -> judgement, token -> judgement),
                            new AllowedOrigins(List.of()),
                            limits,
                            true,
                            () -> false,
                            (request, problem) -> {}),
                    eventLoop -> loop,
                    new Lobby.Names("node", () -> "client", () -> "secret"),
                    Duration.ofSeconds(10));
    private final FakeConnection connection = new FakeConnection();

    /** Remembers what is written. */
    private static final class FakeConnection implements Connection {
        private final List<String> written = new ArrayList<>();
        private @Nullable Disconnect closed;

        @Override
        public void send(Frame frame) {
            written.add(new String(((ResponseFrame) frame).bytes(), UTF_8));
        }

        @Override
        public void flush() {}

        @Override
        public long pendingBytes() {
            return 0;
        }

        @Override
        public void close(Disconnect why) {
            closed = why;
        }
    }

    @Test
    void findsAClientByItsSecretNameWhileItIsThere() {
        var client = arrive();
        client.onMessage(CONNECT.getBytes(UTF_8), false);
        judgement.complete(accepted());
        assertThat(connection.written)
                .singleElement()
                .asString()
                .contains("\"session\":\"secret\",\"node\":\"node\"");

        assertThat(deliver("{\"id\":2,\"ping\":{}}")).isTrue();
        assertThat(connection.written.getLast()).startsWith("{\"id\":2,");
        client.onClosed(Disconnect.CLOSED);
        assertThat(deliver("{\"id\":3,\"ping\":{}}")).isFalse();
    }

    @Test
    void forgetsAClientThatGoesBeforeItSaysAnything() {
        arrive().onClosed(Disconnect.CLOSED);
        assertNothingIsLeft();
    }

    @Test
    void forgetsAClientThatGoesWhileItsTokenIsJudged() {
        var client = arrive();
        client.onMessage(CONNECT.getBytes(UTF_8), false);
        client.onClosed(Disconnect.CLOSED);
        judgement.complete(accepted());
        assertNothingIsLeft();
        assertThat(connection.written).isEmpty();
    }

    @Test
    void forgetsAClientThatIsTurnedAway() {
        var client = arrive();
        client.onMessage("nonsense".getBytes(UTF_8), false);
        assertThat(connection.closed).isEqualTo(Disconnect.BAD_REQUEST);
        client.onClosed(Disconnect.CLOSED);
        client.onClosed(Disconnect.CLOSED);
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() {
        assertThat(limits.total()).isZero();
        assertThat(loop.size()).isZero();
        assertThat(deliver("{}")).isFalse();
        assertThat(limits.enter("ann")).isNull();
    }

    private boolean deliver(String commands) {
        return lobby.sessions()
                .deliver("secret", commands.getBytes(UTF_8))
                .toCompletableFuture()
                .join();
    }

    private InBandClient arrive() {
        assertThat(limits.enter("")).isNull();
        var endpoint =
                new Endpoint(
                        "/path",
                        Transport.CENTRIFUGE_HTTP_STREAM,
                        AccessRule.EVERYONE,
                        List.of(),
                        new Allowance(Connections.ALL, null),
                        InBand.USUAL,
                        new Manners(Manners.Greeting.NONE, null, true, List.of(), null));
        var form = StreamForm.lines(CentrifugeCodec.json("0.1.0"));
        var manner = new Lobby.Manner(connection, form, form.codec(), RULES);
        return lobby.receiveEmulated(
                new Door(endpoint, RULES, null),
                manner,
                new EmbeddedChannel().eventLoop(),
                new Seat(limits, "", null));
    }

    private static Authentication accepted() {
        return new Authentication.Accepted(new Identity("ann", Map.of(), Identity.NEVER));
    }

    private static SessionLoop loop() {
        var broker = new MemoryBroker(InstantSource.system(), () -> "epoch");
        var hub = new Hub(broker, List.of(AT_ONCE), HubObserver.NONE);
        broker.start(hub);
        return new SessionLoop(
                new Channels(
                        new Catalogue(List.of()), broker, new MemoryPresence(), () -> "message"),
                hub.shards().getFirst(),
                InstantSource.system(),
                new Random(1),
                Duration.ofSeconds(40),
                SessionObserver.NONE,
                new UserDirectory());
    }
}
