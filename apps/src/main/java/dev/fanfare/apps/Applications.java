package dev.fanfare.apps;

import dev.fanfare.apps.accounts.AccountOptions;
import dev.fanfare.apps.accounts.AccountRoutes;
import dev.fanfare.apps.database.Database;
import dev.fanfare.apps.database.DatabaseOptions;
import dev.fanfare.apps.event.CommittedEvents;
import dev.fanfare.apps.event.Events;
import dev.fanfare.apps.event.OutboxEvents;
import dev.fanfare.apps.games.GameRoutes;
import dev.fanfare.apps.gifts.GiftRoutes;
import dev.fanfare.apps.hub.HubEvents;
import dev.fanfare.apps.idempotency.IdempotencyKeys;
import dev.fanfare.apps.profile.InitialState;
import dev.fanfare.apps.profile.ProfileRoutes;
import dev.fanfare.apps.profile.StreakRoutes;
import dev.fanfare.apps.sessions.AblyTokenRoute;
import dev.fanfare.apps.sessions.Presence;
import dev.fanfare.apps.sessions.PushTokenRoutes;
import dev.fanfare.apps.sessions.Pushes;
import dev.fanfare.apps.sessions.SessionOptions;
import dev.fanfare.apps.sessions.SessionPartners;
import dev.fanfare.apps.sessions.SessionRoutes;
import dev.fanfare.apps.sessions.UserSessions;
import dev.fanfare.apps.shop.ShopRoutes;
import dev.fanfare.apps.stories.StoryRoutes;
import dev.fanfare.apps.wallet.WalletRoutes;
import dev.fanfare.apps.wallet.Wallets;
import dev.fanfare.apps.web.Route;
import dev.fanfare.apps.web.User;
import dev.fanfare.client.Delivery;
import dev.fanfare.client.PublishObserver;
import dev.fanfare.client.Publisher;
import dev.fanfare.push.DeviceTokens;
import dev.fanfare.push.PushObserver;
import dev.fanfare.push.PushOptions;
import dev.fanfare.push.PushProvider;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All applications, on one database. Whoever serves their routes closes them. */
public final class Applications implements AutoCloseable {
    /**
     * @param startingBalance of a new wallet, in cents
     * @param outbox whether events survive a crash
     */
    public record Options(
            DatabaseOptions database,
            long startingBalance,
            AccountOptions accounts,
            boolean outbox,
            SessionOptions sessions,
            PushOptions push) {}

    /**
     * What the applications need of whoever hosts them.
     *
     * @param delivery the way to the server; is closed with the applications
     * @param presence who is there
     * @param provider brings notifications to devices; is closed with the applications
     */
    public record Surroundings(
            Delivery delivery,
            PublishObserver observer,
            Presence presence,
            PushProvider provider,
            PushObserver pushObserver) {}

    private final Database database;
    private final AccountRoutes accounts;
    private final Events events;
    private final Pushes pushes;
    private final InitialState initialState;
    private final List<Route> routes;

    private Applications(
            Database database,
            AccountRoutes accounts,
            Events events,
            Pushes pushes,
            InitialState initialState,
            List<Route> routes) {
        this.database = database;
        this.accounts = accounts;
        this.events = events;
        this.pushes = pushes;
        this.initialState = initialState;
        this.routes = routes;
    }

    /** Returns at once; requests wait for the database. */
    public static Applications start(Options options, Surroundings around) {
        var database = Database.open(options.database());
        var events = events(options, around, database);
        var pushes = new Pushes(database, around.provider(), options.push(), around.pushObserver());
        var wallets = new Wallets(options.startingBalance());
        var clock = InstantSource.system();
        var keys = new IdempotencyKeys(database, clock);
        var hub = new HubEvents(events);
        var accounts = new AccountRoutes(database, options.accounts());
        var partners =
                new SessionPartners(
                        events,
                        around.presence(),
                        pushes,
                        options.sessions().texts(),
                        options.sessions().nudgeInterval(),
                        clock);
        var routes =
                Stream.of(
                        accounts.routes(),
                        new WalletRoutes(database, keys, wallets).routes(),
                        new GiftRoutes(database, keys, wallets, events, clock).routes(),
                        new StoryRoutes(database, events, clock).routes(),
                        new GameRoutes(database, keys, wallets, hub, clock, new SecureRandom())
                                .routes(),
                        new ShopRoutes(database, keys, wallets, hub, clock).routes(),
                        new ProfileRoutes(database, hub, clock).routes(),
                        new StreakRoutes(database, wallets, hub, clock).routes(),
                        sessions(options.sessions(), database, keys, partners, clock));
        return new Applications(
                database,
                accounts,
                events,
                pushes,
                new InitialState(database, wallets, clock),
                routes.flatMap(List::stream).toList());
    }

    private static Events events(Options options, Surroundings around, Database database) {
        return options.outbox()
                ? new OutboxEvents(database, around.delivery(), around.observer())
                : new CommittedEvents(new Publisher(around.delivery(), around.observer()));
    }

    private static List<Route> sessions(
            SessionOptions options,
            Database database,
            IdempotencyKeys keys,
            SessionPartners partners,
            InstantSource clock) {
        var devices = new DeviceTokens(options.devicesPerUser());
        return Stream.of(
                        new SessionRoutes(database, keys, partners, options.largestData(), clock)
                                .routes(),
                        new PushTokenRoutes(database, devices).routes(),
                        new AblyTokenRoute(
                                        database,
                                        options.ablyKey(),
                                        options.ablyTokenLifetime(),
                                        clock)
                                .routes())
                .flatMap(List::stream)
                .toList();
    }

    public List<Route> routes() {
        return routes;
    }

    /** The sessions that a user's tokens open. Waits for the database. */
    public List<String> sessionsOf(String user) {
        return new UserSessions(database).of(user);
    }

    /**
     * What a user's hub is told first, as JSON; empty: the user's id is not one that accounts have.
     * Waits for the database.
     */
    public Optional<byte[]> initialState(User user) {
        var id = user.findNumber();
        return id.isEmpty() ? Optional.empty() : Optional.of(initialState.of(id.getAsLong()));
    }

    /** What requests wait for; empty: nothing. */
    public Optional<String> unready() {
        return database.unready().map(reason -> "database: " + reason);
    }

    @Override
    public void close() {
        accounts.close();
        pushes.close();
        events.close();
        database.close();
    }
}
