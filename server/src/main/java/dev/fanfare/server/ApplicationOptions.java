package dev.fanfare.server;

import dev.fanfare.apps.Applications;
import dev.fanfare.apps.accounts.AccountOptions;
import dev.fanfare.apps.sessions.AblyKey;
import dev.fanfare.apps.sessions.SessionOptions;
import dev.fanfare.client.Delivery;
import dev.fanfare.client.PublishObserver;
import dev.fanfare.client.Publisher;
import dev.fanfare.client.PublisherConfig;
import dev.fanfare.client.Tokens;
import dev.fanfare.core.channel.Channels;
import dev.fanfare.push.ExpoProvider;
import dev.fanfare.push.PushProvider;
import dev.fanfare.push.ShowingProvider;
import dev.fanfare.server.application.DirectDelivery;
import dev.fanfare.server.config.AblyOptions;
import dev.fanfare.server.config.ServerConfig;
import dev.fanfare.server.config.ServerConfig.Applications.Push;
import dev.fanfare.server.config.ServerConfig.Applications.Telling;
import org.jspecify.annotations.Nullable;

/** What applications are started with, by the configuration. */
final class ApplicationOptions {
    private ApplicationOptions() {}

    static Applications.Options of(ServerConfig config, ServerConfig.Applications wanted) {
        var accounts = wanted.accounts();
        return new Applications.Options(
                wanted.database(),
                accounts.startingBalance(),
                new AccountOptions(
                        tokens(config.token()),
                        accounts.tokenLifetime(),
                        accounts.attemptsPerMinute(),
                        accounts.bcryptCost(),
                        accounts.waitingPasswords()),
                wanted.telling().outbox(),
                sessions(config, wanted.sessions()),
                wanted.push().options());
    }

    private static SessionOptions sessions(
            ServerConfig config, ServerConfig.Applications.Sessions sessions) {
        return new SessionOptions(
                sessions.texts(),
                config.publish().payloadLimit(),
                sessions.nudgeInterval(),
                sessions.devicesPerUser(),
                ablyKey(config.transports().ably()),
                sessions.ablyTokenLifetime());
    }

    /** The first: it should allow what members may do in sessions. */
    private static @Nullable AblyKey ablyKey(AblyOptions options) {
        if (options.keys().isEmpty()) {
            return null;
        }
        var key = options.keys().getFirst();
        return new AblyKey(key.name(), key.secret());
    }

    /** Null where this server would not take them. */
    private static @Nullable Tokens tokens(ServerConfig.Token token) {
        var secret = token.secret();
        return secret == null || !token.connection().terms().arePlain()
                ? null
                : new Tokens(secret.value());
    }

    static PushProvider provider(Push push) {
        return switch (push.provider()) {
            case EXPO -> new ExpoProvider(push.expo());
            case SHOW -> new ShowingProvider();
        };
    }

    static Delivery delivery(
            ServerConfig config, Telling telling, Channels channels, PublishObserver observer) {
        var publish = config.publish();
        var elsewhere = telling.elsewhere();
        var token = publish.token();
        if (elsewhere == null || token == null) {
            var limits = Publishing.limits(publish);
            return new DirectDelivery(channels, limits).observed("direct", observer);
        }
        var http = PublisherConfig.of(elsewhere.toString(), token.value());
        var pubSub = publish.pubSub();
        // The outbox has time, and Redis cannot say that a server has taken an event.
        var redis = pubSub == null || telling.outbox() ? "" : pubSub.url();
        return Publisher.delivery(http.withRedis(redis), observer);
    }
}
