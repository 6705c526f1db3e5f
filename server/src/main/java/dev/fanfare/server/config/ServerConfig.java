package dev.fanfare.server.config;

import dev.fanfare.apps.database.DatabaseOptions;
import dev.fanfare.apps.sessions.PushTexts;
import dev.fanfare.brokers.redis.RedisAddress.Standalone;
import dev.fanfare.brokers.redis.RedisOptions;
import dev.fanfare.core.channel.Catalogue;
import dev.fanfare.core.session.SessionRules;
import dev.fanfare.core.session.SessionRules.Customs;
import dev.fanfare.core.session.SessionRules.Grace;
import dev.fanfare.core.session.SessionRules.Heartbeat;
import dev.fanfare.core.session.SessionRules.Loss;
import dev.fanfare.core.session.SessionRules.MessageBudget;
import dev.fanfare.push.ExpoOptions;
import dev.fanfare.push.PushOptions;
import dev.fanfare.server.access.Secret;
import dev.fanfare.server.access.TokenRules;
import dev.fanfare.server.config.Manners.Greeting;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** All that is configured, checked. Sizes are in bytes; what is switched off is very large. */
public record ServerConfig(
        Network network,
        Token token,
        Publish publish,
        Limits limits,
        Transports transports,
        Catalogue catalogue,
        Operation operation) {
    /**
     * @param internal the second listener; null: the public one serves everything
     * @param tls of the public listener; null: plain text
     * @param eventLoops never 0
     * @param delivery of publications
     * @param drain how long clients are told to reconnect before the server exits
     */
    public record Network(
            Address address,
            @Nullable Address internal,
            @Nullable Tls tls,
            AllowedOrigins origins,
            int eventLoops,
            Delivery delivery,
            Duration drain) {}

    /**
     * @param maxDelay how long publications may wait for others
     * @param positionCheck time between two checks of whether subscribers have heard everything
     */
    public record Delivery(Duration maxDelay, Duration positionCheck) {}

    /** Where to listen; port 0 takes any free one. */
    public record Address(String host, int port) {}

    /** Two PEM files, which can be read. */
    public record Tls(Path certificate, Path key) {}

    /**
     * @param connection those that clients connect with
     * @param subscription those for single channels; null: as those of connections
     * @param lifetime of the tokens that the server makes for clients
     * @param inQuery whether requests may bring theirs in the query, where no endpoint says
     *     otherwise
     */
    public record Token(
            TokenRules connection,
            @Nullable TokenRules subscription,
            Duration lifetime,
            boolean inQuery) {
        /** What tokens can be made with; null: nothing. */
        public @Nullable Secret secret() {
            return connection.keys().secret();
        }
    }

    /**
     * @param token null: every publish is refused
     * @param pubSub the Redis on which backends may publish as well; null: none
     */
    public record Publish(
            @Nullable Secret token,
            int bodyLimit,
            int payloadLimit,
            int batchLimit,
            Api api,
            @Nullable Standalone pubSub) {}

    /**
     * Centrifugo's way to publish and to ask.
     *
     * @param keys each is good; none: every call is refused
     * @param insecure every call is taken, whatever its key
     * @param path before the methods: {@code /api}
     * @param batchLimit of channels in a broadcast and commands in a batch
     */
    public record Api(
            List<Secret> keys,
            boolean insecure,
            String path,
            Errors errors,
            int bodyLimit,
            int batchLimit) {
        /** Where errors are told, unless a request says otherwise. */
        public enum Errors {
            BODY,
            /** In the body, and by the HTTP status. */
            TRANSPORT
        }

        public Api {
            keys = List.copyOf(keys);
        }
    }

    /**
     * @param budget of messages from one client; null: no limit
     * @param recovered publications replayed to a client that was away
     */
    public record Limits(
            Connections connections,
            int channels,
            int frameSize,
            @Nullable MessageBudget budget,
            int outboundBuffer,
            int waitingCommands,
            int recovered) {

        /**
         * {@link Integer#MAX_VALUE}: no limit.
         *
         * @param requestTimeout for an HTTP request to arrive, and for the next to begin
         * @param connectTimeout for a client that says in band who it is
         */
        public record Connections(
                int total,
                int perUser,
                int perSecond,
                Duration requestTimeout,
                Duration connectTimeout) {}
    }

    /** How clients connect. */
    public record Transports(
            List<Endpoint> endpoints,
            WebSocket webSocket,
            Streaming streaming,
            Compatible compatible,
            AblyOptions ably) {
        public Transports {
            endpoints = List.copyOf(endpoints);
        }
    }

    /**
     * @param compressionMinSize smaller messages are sent as they are
     */
    public record WebSocket(
            Duration pingInterval,
            Duration pongTimeout,
            boolean compression,
            int compressionMinSize) {}

    /**
     * The protocol compatible with Centrifugo.
     *
     * @param history publications in one answer
     * @param time whether clients are told the server's
     */
    public record Compatible(Grace grace, int history, boolean time) {}

    /** SSE and NDJSON. */
    public record Streaming(Duration heartbeat, Duration retry) {}

    /**
     * @param node what this process is called among others
     * @param applications null: there are none
     * @param warnings to be logged at start, one sentence each
     */
    public record Operation(
            boolean development,
            boolean metrics,
            Log log,
            String node,
            Engine engine,
            @Nullable Applications applications,
            List<String> warnings) {
        public Operation {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Where publications and presence are kept.
     *
     * @param presence how long members are there whose node is silent
     * @param node how long a silent node counts as one
     */
    public record Engine(Store store, Duration presence, Duration node) {
        /** What does the keeping. */
        public sealed interface Store {
            /** This process does, for itself alone. */
            record Memory() implements Store {}

            /** Redis does, for all nodes that have it and the keys' prefix in common. */
            record Redis(RedisOptions options, String prefix) implements Store {}
        }
    }

    /**
     * What runs on top of the server, in its process.
     *
     * @param bodyLimit of a request
     */
    public record Applications(
            DatabaseOptions database,
            Telling telling,
            Accounts accounts,
            int bodyLimit,
            Sessions sessions,
            Push push) {
        /**
         * @param nudgeInterval between two nudges of one partner
         * @param ablyTokenLifetime of tokens for Ably's clients
         */
        public record Sessions(
                Duration nudgeInterval,
                Duration ablyTokenLifetime,
                int devicesPerUser,
                PushTexts texts) {}

        /** How notifications reach devices. */
        public record Push(Provider provider, ExpoOptions expo, PushOptions options) {
            /** Who brings them there. */
            public enum Provider {
                EXPO,
                /** Nobody: they are logged. */
                SHOW
            }
        }

        /**
         * How applications tell what has happened.
         *
         * @param outbox whether an event survives a crash between commit and publish
         * @param elsewhere the server they publish to; null: this very one
         */
        public record Telling(boolean outbox, @Nullable URI elsewhere) {}

        /**
         * @param startingBalance of a new wallet, in cents
         * @param attemptsPerMinute to sign up or log in, for each address and each name
         * @param tokenLifetime of the tokens that accounts get
         * @param bcryptCost the hash's number of rounds is 2 to this
         * @param waitingPasswords that are not hashed yet, at most
         * @param addressHeader in which a proxy that is trusted says who asks; null: there is none
         */
        public record Accounts(
                long startingBalance,
                int attemptsPerMinute,
                Duration tokenLifetime,
                int bcryptCost,
                int waitingPasswords,
                @Nullable String addressHeader) {}
    }

    /** What is logged, and in which form. */
    public record Log(Format format, Level level) {
        /** How one line of log looks. */
        public enum Format {
            TEXT,
            JSON
        }
    }

    /** What sessions of this endpoint may do. */
    public SessionRules sessionRules(Endpoint endpoint) {
        return new SessionRules(
                limits.channels(),
                limits.waitingCommands(),
                limits.outboundBuffer(),
                limits.recovered(),
                endpoint.budget(),
                heartbeat(endpoint.transport()),
                customs(endpoint));
    }

    /** Who only listens answers no pings and cannot refresh its token. */
    private Customs customs(Endpoint endpoint) {
        var transport = endpoint.transport();
        if (!transport.isInBand()) {
            return endpoint.manners().greeting() == Greeting.MONITOR_SNAPSHOT
                    ? Customs.WITHOUT_LOSS
                    : Customs.PLAIN;
        }
        var said = transports.compatible();
        boolean oneWay = transport.isUnidirectional();
        return new Customs(
                Loss.ENDS,
                !oneWay,
                oneWay ? Customs.PLAIN.grace() : said.grace(),
                endpoint.inBand().insecure(),
                said.history(),
                said.time());
    }

    private Heartbeat heartbeat(Endpoint.Transport transport) {
        var webSocket = transports.webSocket();
        return switch (transport) {
            case WEBSOCKET,
                    CENTRIFUGE,
                    CENTRIFUGE_HTTP_STREAM,
                    CENTRIFUGE_SSE,
                    CENTRIFUGE_UNI_WEBSOCKET ->
                    new Heartbeat(webSocket.pingInterval(), webSocket.pongTimeout());
            case SSE, NDJSON, CENTRIFUGE_UNI_SSE, CENTRIFUGE_UNI_HTTP_STREAM, CENTRIFUGE_INIT ->
                    new Heartbeat(transports.streaming().heartbeat(), null);
        };
    }
}
