package dev.fanfare.brokers.redis;

import static java.util.Objects.requireNonNull;

import dev.fanfare.brokers.redis.RedisAddress.Access;
import dev.fanfare.brokers.redis.RedisAddress.Node;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.StaticCredentialsProvider;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens connections. Thread-safe. */
final class Connector implements NettyCustomizer {
    private static final Logger LOG = LoggerFactory.getLogger(Connector.class);
    private static final AttributeKey<AtomicReference<Channel>> OPENED =
            AttributeKey.valueOf(Connector.class, "opened");

    /** Lettuce does not tell which channel a connection has: this is where it is put. */
    private static final ScopedValue<AtomicReference<Channel>> OPENING = ScopedValue.newInstance();

    /** Threads that read and write. One is enough for most. */
    private static final int THREADS = 2;

    private final RedisOptions options;
    private final RedisObserver observer;
    private final ClientResources resources;
    private final EventExecutor control;
    private final RedisClient client;
    private final RedisClient shardedClient;

    Connector(RedisOptions options, RedisObserver observer) {
        this.options = options;
        this.observer = observer;
        resources =
                ClientResources.builder()
                        .ioThreadPoolSize(THREADS)
                        .computationThreadPoolSize(THREADS)
                        .nettyCustomizer(this)
                        .build();
        control = resources.eventExecutorGroup().next();
        client = client(ProtocolVersion.RESP2);
        shardedClient = client(ProtocolVersion.RESP3);
    }

    private RedisClient client(ProtocolVersion version) {
        var made = RedisClient.create(resources);
        made.setOptions(
                ClientOptions.builder()
                        .autoReconnect(false)
                        .pingBeforeActivateConnection(false)
                        .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                        .protocolVersion(version)
                        .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                        .timeoutOptions(TimeoutOptions.create())
                        .socketOptions(
                                SocketOptions.builder()
                                        .connectTimeout(options.timeout())
                                        .tcpNoDelay(true)
                                        .build())
                        .sslOptions(ssl())
                        .build());
        return made;
    }

    private SslOptions ssl() {
        var ssl = SslOptions.builder().handshakeTimeout(options.timeout());
        if (options.authorities() != null) {
            ssl.trustManager(options.authorities().toFile());
        }
        return ssl.build();
    }

    /** The thread for decisions: always the same. */
    EventExecutor control() {
        return control;
    }

    /** Runs it on the thread for decisions; not any more when all is closed. */
    void decide(Runnable task) {
        decideLater(task, Duration.ZERO);
    }

    void decideLater(Runnable task, Duration pause) {
        try {
            var _ = control.schedule(task, pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("Nothing is decided any more: closed");
        }
    }

    /** One for commands. */
    CompletionStage<Wire> commands(Node node, Access access) {
        return open(node, () -> client.connectAsync(Call.CODEC, uri(node, access)))
                .thenCompose(wire -> enter(wire, access));
    }

    /**
     * One for notifications. Those of shards are understood only in the newer version of the wire
     * protocol; all others cost less in the older one.
     */
    CompletionStage<Wire> notifications(Node node, Access access, boolean isSharded) {
        if (isSharded) {
            var uri = uri(node, access);
            uri.setCredentialsProvider(credentials(access));
            return open(node, () -> shardedClient.connectPubSubAsync(Call.CODEC, uri));
        }
        return open(node, () -> client.connectPubSubAsync(Call.CODEC, uri(node, access)))
                .thenCompose(wire -> enter(wire, access));
    }

    private static RedisCredentialsProvider credentials(Access access) {
        return new StaticCredentialsProvider(
                access.user().isEmpty() ? null : access.user(),
                access.password().isEmpty() ? null : access.password().toCharArray());
    }

    /** Says who we are. Lettuce would, too, but does not always tell what Redis says to that. */
    private CompletionStage<Wire> enter(Wire wire, Access access) {
        var calls = new ArrayList<Call<?>>();
        if (!access.user().isEmpty()) {
            calls.add(Call.of(CommandType.AUTH, "AUTH", access.user(), access.password()));
        } else if (!access.password().isEmpty()) {
            calls.add(Call.of(CommandType.AUTH, "AUTH", access.password()));
        }
        if (access.database() != 0) {
            var database = Integer.toString(access.database());
            calls.add(Call.of(CommandType.SELECT, "SELECT", database));
        }
        CompletableFuture<?> done = CompletableFuture.completedFuture(wire);
        for (var call : calls) {
            done = done.thenCompose(_ -> call.answer());
        }
        wire.execute(() -> wire.send(calls));
        return done.orTimeout(options.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(_ -> wire)
                .whenComplete(
                        (_, failure) -> {
                            if (failure != null) {
                                var _ = wire.close("not used");
                            }
                        });
    }

    /** Asks one question, on a connection of its own. */
    CompletableFuture<List<Object>> ask(
            Node node, Access access, CommandType type, Object... words) {
        var call = Call.of(type, words);
        return commands(node, access)
                .thenCompose(
                        wire -> {
                            wire.execute(() -> wire.send(List.of(call)));
                            return call.answer()
                                    .orTimeout(options.timeout().toMillis(), TimeUnit.MILLISECONDS)
                                    .whenComplete((_, _) -> wire.close("not used any more"));
                        })
                .toCompletableFuture();
    }

    private CompletionStage<Wire> open(
            Node node,
            Supplier<CompletionStage<? extends StatefulRedisConnection<String, byte[]>>> lettuce) {
        var channel = new AtomicReference<Channel>();
        // A stage that followed one of Lettuce's own futures has been seen never to complete.
        var opened = new CompletableFuture<Wire>();
        ScopedValue.where(OPENING, channel)
                .call(lettuce::get)
                .whenComplete(
                        (connection, failure) -> {
                            if (failure != null) {
                                opened.completeExceptionally(failure);
                            } else {
                                opened.complete(wire(node, connection, channel));
                            }
                        });
        return opened.thenCompose(wire -> encrypted(wire, requireNonNull(channel.get())));
    }

    /** Completes when the handshake of TLS is done, if there is one. */
    private static CompletionStage<Wire> encrypted(Wire wire, Channel channel) {
        var tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            return CompletableFuture.completedFuture(wire);
        }
        var done = new CompletableFuture<Wire>();
        tls.handshakeFuture()
                .addListener(
                        handshake -> {
                            if (handshake.isSuccess()) {
                                done.complete(wire);
                            } else {
                                var _ = wire.close("TLS failed");
                                done.completeExceptionally(handshake.cause());
                            }
                        });
        return done;
    }

    private Wire wire(
            Node node,
            StatefulRedisConnection<String, byte[]> connection,
            AtomicReference<Channel> channel) {
        return new Wire("redis " + node, connection, requireNonNull(channel.get()), observer);
    }

    @Override
    public void afterBootstrapInitialized(Bootstrap bootstrap) {
        bootstrap.attr(OPENED, OPENING.get());
    }

    @Override
    public void afterChannelInitialized(Channel channel) {
        channel.attr(OPENED).get().set(channel);
    }

    void close() {
        resources.shutdown(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }

    private RedisURI uri(Node node, Access access) {
        return RedisURI.builder()
                .withHost(node.host())
                .withPort(node.port())
                .withSsl(access.tls())
                .withLibraryName("")
                .withLibraryVersion("")
                .withTimeout(options.timeout())
                .build();
    }
}
