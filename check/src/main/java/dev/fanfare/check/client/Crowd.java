package dev.fanfare.check.client;

import dev.fanfare.check.client.Publisher.Manner;
import dev.fanfare.check.history.Position;
import dev.fanfare.check.history.Run.ChannelRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Everybody who uses the nodes: listeners of every protocol on every sort of channel, publishers in
 * every manner, and an overseer who now and then sends somebody away. For one thread.
 */
public final class Crowd implements AutoCloseable {
    private static final int PUBLISHERS = 2;

    /** One of so many listeners. */
    private static final int COMERS_AND_GOERS = 7;

    private static final Duration PAUSE = Duration.ofMillis(60);
    private static final Duration INTERVENTION = Duration.ofMillis(250);

    private final Site site;
    private final Backend backend;
    private final Overseer overseer;
    private final List<ChannelRules> channels;
    private final List<Listener> listeners = new ArrayList<>();
    private final List<Publisher> publishers = new ArrayList<>();
    private final CountDownLatch calm = new CountDownLatch(1);

    private Crowd(Site site, List<ChannelRules> channels) {
        this.site = site;
        this.channels = channels;
        backend = new Backend(site);
        overseer = new Overseer(backend, site.recorder());
    }

    /**
     * @param channels each protocol has a client on the ones with even numbers, and one on the
     *     others
     */
    public static Crowd start(Site site, List<ChannelRules> channels, long seed) {
        var crowd = new Crowd(site, List.copyOf(channels));
        for (var protocol : Protocol.values()) {
            crowd.listen(protocol, 0);
            crowd.listen(protocol, 1);
        }
        for (var manner : Manner.values()) {
            for (int number = 1; number <= PUBLISHERS; number++) {
                crowd.publish(manner, number);
            }
        }
        var random = new Random(seed);
        Thread.ofVirtual().name("overseer").start(() -> crowd.oversee(random));
        return crowd;
    }

    /** From now on nobody is sent away, and nobody leaves. */
    public void calmDown() {
        calm.countDown();
    }

    /** Looks on all nodes who is there. */
    public void look() {
        for (var node : site.nodes()) {
            channels.stream()
                    .filter(ChannelRules::presence)
                    .forEach(rules -> overseer.look(node, rules.name()));
        }
    }

    /** Some leave and some are sent away; all come back, and others hear of it. */
    public void comeAndGo() {
        for (int index = 0; index < listeners.size(); index += COMERS_AND_GOERS) {
            listeners.get(index).leave();
        }
        for (int index = 1; index < listeners.size(); index += COMERS_AND_GOERS) {
            overseer.disconnect(site.anyNode(), listeners.get(index).profile().user());
        }
    }

    /** From now on nothing new is published. */
    public void beSilent() {
        publishers.forEach(Publisher::close);
    }

    /** Another client reads all that is kept, from the beginning. */
    public void readEverything() {
        var kept = channels.stream().filter(ChannelRules::keepsHistory).toList();
        var beginnings = new HashMap<String, Position>();
        for (var rules : kept) {
            overseer.top(site.anyNode(), rules.name())
                    .map(top -> new Position(top.epoch(), 0))
                    .ifPresent(beginning -> beginnings.put(rules.name(), beginning));
        }
        var profile = new Profile("archivist", "archivist", Protocol.PLAIN_COMMANDS, kept);
        listeners.add(Listener.start(site, profile, beginnings));
    }

    @Override
    public void close() {
        calmDown();
        beSilent();
        listeners.forEach(Listener::close);
        backend.close();
    }

    private void listen(Protocol protocol, int part) {
        var name = protocol.name().toLowerCase(Locale.ROOT) + "-" + part;
        var its = new ArrayList<ChannelRules>();
        for (int index = part; index < channels.size(); index += 2) {
            its.add(channels.get(index));
        }
        listeners.add(Listener.start(site, new Profile(name, name, protocol, its)));
    }

    private void publish(Manner manner, int number) {
        var name = manner.name().toLowerCase(Locale.ROOT) + "-" + number;
        var names = channels.stream().map(ChannelRules::name).toList();
        publishers.add(Publisher.start(name, manner, site, backend, names, PAUSE));
    }

    private void oversee(Random random) {
        try {
            while (!calm.await(INTERVENTION.toMillis(), TimeUnit.MILLISECONDS)) {
                intervene(random);
            }
        } catch (InterruptedException nobodyDoesThis) {
            Thread.currentThread().interrupt();
        }
    }

    private void intervene(Random random) {
        var listener = listeners.get(random.nextInt(listeners.size()));
        var profile = listener.profile();
        var its = profile.channels();
        var channel = its.get(random.nextInt(its.size())).name();
        switch (random.nextInt(8)) {
            case 0, 1 -> listener.leave();
            case 2 -> overseer.disconnect(site.anyNode(), profile.user());
            case 3 -> {
                if (profile.protocol().hearsMembers()) {
                    overseer.unsubscribe(site.anyNode(), profile.user(), channel);
                }
            }
            default -> look();
        }
    }
}
