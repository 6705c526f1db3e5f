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
import dev.fanfare.apps.shop.ShopRoutes;
import dev.fanfare.apps.stories.StoryRoutes;
import dev.fanfare.apps.wallet.WalletRoutes;
import dev.fanfare.apps.wallet.Wallets;
import dev.fanfare.apps.web.Route;
import dev.fanfare.apps.web.User;
import dev.fanfare.client.Delivery;
import dev.fanfare.client.PublishObserver;
import dev.fanfare.client.Publisher;
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
            boolean outbox) {}

    private final Database database;
    private final AccountRoutes accounts;
    private final Events events;
    private final InitialState initialState;
    private final List<Route> routes;

    private Applications(
            Database database,
            AccountRoutes accounts,
            Events events,
            InitialState initialState,
            List<Route> routes) {
        this.database = database;
        this.accounts = accounts;
        this.events = events;
        this.initialState = initialState;
        this.routes = routes;
    }

    /**
     * Returns at once; requests wait for the database.
     *
     * @param delivery the way to the server; is closed with the applications
     */
    public static Applications start(Options options, Delivery delivery, PublishObserver observer) {
        var database = Database.open(options.database());
        var events =
                options.outbox()
                        ? new OutboxEvents(database, delivery, observer)
                        : new CommittedEvents(new Publisher(delivery, observer));
        var wallets = new Wallets(options.startingBalance());
        var clock = InstantSource.system();
        var keys = new IdempotencyKeys(database, clock);
        var hub = new HubEvents(events);
        var accounts = new AccountRoutes(database, options.accounts());
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
                        new StreakRoutes(database, wallets, hub, clock).routes());
        return new Applications(
                database,
                accounts,
                events,
                new InitialState(database, wallets, clock),
                routes.flatMap(List::stream).toList());
    }

    public List<Route> routes() {
        return routes;
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
        events.close();
        database.close();
    }
}
