package dev.fanfare.core.simulation;

import static dev.fanfare.core.simulation.Violation.unless;

import dev.fanfare.core.channel.Draft;
import dev.fanfare.core.channel.PublishOutcome;
import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Channel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An application that publishes, on threads of its own, through any node. */
final class Backend {
    private final World world;
    private int keys;

    Backend(World world) {
        this.world = world;
    }

    void publish() {
        publish(world.anyBusyChannel(), null, audience());
    }

    void publishMany() {
        for (int left = world.random.nextInt(14); left > 0; left--) {
            publish();
        }
    }

    /** With an idempotency key, new or not. */
    void publishWithKey() {
        int key = world.happens(2) ? ++keys : 1 + world.random.nextInt(Math.max(1, keys));
        publish(world.anyBusyChannel(), "key" + key, audience());
    }

    void publishUnkept() {
        publish(world.anyBusyChannel(), null, audience(), terms(true));
    }

    /** Whoever has missed the newest publication can know of it only when another one comes. */
    void revealLosses() {
        for (var name : World.NAMES) {
            if (world.ledger(new Channel(name)).keepsHistory()) {
                publish(name, null, Audience.EVERYONE);
            }
        }
    }

    void removeHistory() {
        var channel = new Channel(world.anyBusyChannel());
        world.tell(() -> "remove history of " + channel);
        var broker = world.anyNode().broker();
        world.scheduler.lane().execute(() -> broker.removeHistory(channel));
    }

    private Audience audience() {
        var user = world.any(World.USERS);
        return user.isEmpty() || world.happens(2)
                ? Audience.EVERYONE
                : new Audience.ExceptUser(user);
    }

    private void publish(String name, @Nullable String key, Audience audience) {
        publish(name, key, audience, terms(false));
    }

    /** Perhaps with a tag, perhaps as a delta. */
    private Draft.Terms terms(boolean skipsHistory) {
        Map<String, String> tags =
                world.happens(3) ? Map.of() : Map.of(World.TAG, world.any(World.KINDS));
        return new Draft.Terms(tags, world.happens(2), skipsHistory, null);
    }

    private void publish(String name, @Nullable String key, Audience audience, Draft.Terms terms) {
        var draft = new Draft(name, key, null, world.nextPayload(), audience, terms);
        world.tell(() -> "publish " + draft);
        var channels = world.anyNode().channels();
        world.scheduler
                .lane()
                .execute(
                        () ->
                                channels.publish(draft)
                                        .thenAccept(out -> world.check(() -> check(draft, out))));
    }

    private void check(Draft draft, PublishOutcome outcome) {
        unless(outcome instanceof PublishOutcome.Accepted, "%s: %s", draft, outcome);
        if (outcome instanceof PublishOutcome.Accepted accepted && !accepted.repeated()) {
            var placed = world.ledger(accepted.channel()).find(draft.payload());
            unless(
                    placed != null && placed.position().equals(accepted.position()),
                    "%s: %s",
                    draft,
                    outcome);
        }
    }
}
