package dev.fanfare.core.simulation;

import dev.fanfare.core.broker.Broker;
import dev.fanfare.core.broker.BrokerListener;
import dev.fanfare.core.broker.PublishOptions;
import dev.fanfare.core.broker.Published;
import dev.fanfare.core.broker.Retention;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.History;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.Membership;
import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * One node's broker: everything goes to the {@link Engine} from {@link FarAway}, and publications
 * come back late, in order per channel. In some histories the way back is bad, for channels with
 * history only: what gets lost, repeated or swapped there must be put right by the node.
 */
final class NodeBroker implements Broker {
    private static final List<Fault> MISHAPS = List.of(Fault.DROPS, Fault.REPEATS, Fault.SWAPS);

    private final Engine engine;
    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final Fault fault;
    private final FarAway way;
    private final Map<Channel, Scheduler.Lane> wayBack = new HashMap<>();
    private final Map<Channel, Publication> swapped = new HashMap<>();
    private final Set<Channel> wanted = new HashSet<>();
    private final Set<Channel> subscribed = new HashSet<>();
    private BrokerListener listener = publication -> {};
    private final Scheduler.Lane late;
    private final boolean bad;
    private boolean calm;
    private boolean interrupted;

    NodeBroker(Engine engine, Scheduler scheduler, RandomGenerator random, Fault fault) {
        this.engine = engine;
        this.scheduler = scheduler;
        this.random = random;
        this.fault = fault;
        way = new FarAway(scheduler, random);
        late = scheduler.lane();
        bad = random.nextInt(4) == 0;
    }

    /** While calm, nothing fails and nothing gets lost. */
    void setCalm(boolean calm) {
        way.setCalm(calm);
        this.calm = calm;
        swapped.clear();
        if (calm) {
            comeBack();
        }
    }

    /** Whether publications get lost without a word. */
    boolean isBad() {
        return bad;
    }

    /** What has a position does not come any more, until {@link #comeBack}. */
    void interrupt() {
        interrupted = true;
    }

    void comeBack() {
        if (interrupted && fault != Fault.INTERRUPTS_SILENTLY) {
            var channels = List.copyOf(subscribed);
            late.execute(() -> listener.onInterruption(channels));
        }
        interrupted = false;
    }

    boolean isSubscribed(Channel channel) {
        return subscribed.contains(channel);
    }

    int subscriptions() {
        return subscribed.size();
    }

    @Override
    public void start(BrokerListener listener) {
        this.listener = listener;
    }

    @Override
    public CompletionStage<Published> publish(
            Channel channel, Message message, PublishOptions options) {
        return way.call(channel, () -> engine.publish(channel, message, options));
    }

    /** No channel of the simulation says who comes and goes. */
    @Override
    public CompletionStage<Void> announce(Channel channel, Membership membership) {
        throw new Violation("announced on " + channel);
    }

    @Override
    public CompletionStage<Void> subscribe(Channel channel) {
        return way.call(
                channel,
                () -> {
                    boolean first = wanted.add(channel);
                    if (first && fault == Fault.SUBSCRIBES_LATE) {
                        late.execute(() -> subscribed.addAll(wanted));
                    } else {
                        subscribed.add(channel);
                    }
                    engine.subscribe(channel);
                    return null;
                });
    }

    @Override
    public void unsubscribe(Channel channel) {
        way.send(
                channel,
                () -> {
                    if (fault != Fault.UNSUBSCRIBES_NEVER) {
                        wanted.remove(channel);
                        subscribed.remove(channel);
                        engine.unsubscribe(channel);
                    }
                });
    }

    @Override
    public CompletionStage<History> history(
            Channel channel, HistoryQuery query, Retention retention) {
        return way.call(channel, () -> broken(engine.history(channel, query, retention)));
    }

    @Override
    public CompletionStage<Void> removeHistory(Channel channel) {
        return way.call(
                channel,
                () -> {
                    engine.removeHistory(channel);
                    return null;
                });
    }

    /** The engine has a new publication. */
    void placed(Publication publication) {
        if (!subscribed.contains(publication.channel())
                || (interrupted && publication.position().isKnown())) {
            return;
        }
        switch (mishap(publication)) {
            case DROPS -> {}
            case REPEATS -> {
                sendBack(publication);
                sendBack(publication);
            }
            case SWAPS -> swapped.put(publication.channel(), publication);
            default -> sendBack(publication);
        }
    }

    private Fault mishap(Publication publication) {
        if (swapped.containsKey(publication.channel()) || random.nextInt(6) != 0) {
            return Fault.NONE;
        }
        if (!publication.position().isKnown()) {
            return fault;
        }
        return bad && !calm ? MISHAPS.get(random.nextInt(MISHAPS.size())) : Fault.NONE;
    }

    private void sendBack(Publication publication) {
        var channel = publication.channel();
        var lane = wayBack.computeIfAbsent(channel, key -> scheduler.lane());
        if (lane.isIdle() && random.nextInt(3) == 0) {
            listener.onPublication(publication);
        } else {
            lane.execute(() -> listener.onPublication(publication));
        }
        var earlier = swapped.remove(channel);
        if (earlier != null) {
            sendBack(earlier);
        }
    }

    private History broken(History history) {
        var all = history.publications();
        var top = history.top();
        boolean filled = all.size() > 1;
        return switch (fault) {
            case READS_STALE_HISTORY ->
                    filled ? new History(all.subList(0, all.size() - 1), before(top)) : history;
            case READS_HOLED_HISTORY ->
                    filled ? new History(all.subList(1, all.size()), top) : history;
            case CLAIMS_HIGHER_TOP -> new History(all, top.isKnown() ? top.next() : top);
            default -> history;
        };
    }

    private static StreamPosition before(StreamPosition position) {
        return new StreamPosition(position.epoch(), position.offset() - 1);
    }
}
