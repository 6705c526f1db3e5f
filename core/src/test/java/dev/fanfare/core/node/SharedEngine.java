package dev.fanfare.core.node;

import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.concurrent.CompletableFuture.failedStage;

import dev.fanfare.core.broker.Broker;
import dev.fanfare.core.broker.BrokerListener;
import dev.fanfare.core.broker.MemoryBroker;
import dev.fanfare.core.broker.PublishOptions;
import dev.fanfare.core.broker.Published;
import dev.fanfare.core.broker.Retention;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.History;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.Membership;
import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.Unavailable;
import dev.fanfare.core.presence.MemoryPresence;
import dev.fanfare.core.presence.PresenceStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * One engine that several nodes share, each by a {@link View} of its own. Everything happens at
 * once, and what a test makes it do instead.
 */
final class SharedEngine {
    private static final Channel ALL = new Channel("all");

    private final InstantSource clock;
    private final List<View> views = new ArrayList<>();
    private MemoryBroker streams;
    private MemoryPresence members = new MemoryPresence();
    private int epochs;

    SharedEngine(InstantSource clock) {
        this.clock = clock;
        streams = newStreams();
    }

    private MemoryBroker newStreams() {
        var made = new MemoryBroker(clock, () -> "epoch" + ++epochs);
        made.start(publication -> views.forEach(view -> view.placed(publication)));
        return made;
    }

    View view() {
        var view = new View();
        views.add(view);
        return view;
    }

    /** Everything is gone, and nobody is told. */
    void flush() {
        streams = newStreams();
        members = new MemoryPresence();
    }

    /** The node has not been heard of for too long. */
    void expire(NodeName node) {
        members.remove(ALL, node.member());
    }

    /** What a node sees of the engine. */
    final class View implements Broker, PresenceStore {
        private final Set<Channel> subscribed = new HashSet<>();
        private BrokerListener listener = publication -> {};
        private boolean cut;
        private int lost;

        /** Does something right after the next history has been read, before it arrives. */
        Runnable afterHistory = () -> {};

        /** So many publications never arrive here. */
        void lose(int publications) {
            lost = publications;
        }

        /** Nothing comes or goes until {@link #restore}. */
        void cut() {
            cut = true;
        }

        /** Whoever listens is told that there was an interruption. */
        void restore() {
            cut = false;
            listener.onInterruption(Set.copyOf(subscribed));
        }

        /** As {@link #restore}, and nobody is told. */
        void restoreSilently() {
            cut = false;
        }

        private void placed(Publication publication) {
            if (cut || !subscribed.contains(publication.channel())) {
                return;
            }
            if (lost > 0) {
                lost--;
                return;
            }
            listener.onPublication(publication);
        }

        private <T> CompletionStage<T> unlessCut(Supplier<CompletionStage<T>> call) {
            return cut ? failedStage(new Unavailable("engine: cut off")) : call.get();
        }

        @Override
        public void start(BrokerListener listener) {
            this.listener = listener;
        }

        @Override
        public CompletionStage<Published> publish(
                Channel channel, Message message, PublishOptions options) {
            return unlessCut(() -> streams.publish(channel, message, options));
        }

        @Override
        public CompletionStage<Void> announce(Channel channel, Membership membership) {
            throw new AssertionError("announced on " + channel);
        }

        @Override
        public CompletionStage<Void> subscribe(Channel channel) {
            return unlessCut(
                    () -> {
                        subscribed.add(channel);
                        return completedStage(null);
                    });
        }

        @Override
        public void unsubscribe(Channel channel) {
            subscribed.remove(channel);
        }

        @Override
        public CompletionStage<History> history(
                Channel channel, HistoryQuery query, Retention retention) {
            return unlessCut(
                    () -> {
                        var history = streams.history(channel, query, retention);
                        var task = afterHistory;
                        afterHistory = () -> {};
                        task.run();
                        return history;
                    });
        }

        @Override
        public CompletionStage<Void> removeHistory(Channel channel) {
            return unlessCut(() -> streams.removeHistory(channel));
        }

        @Override
        public CompletionStage<Void> add(Channel channel, ClientInfo member) {
            return unlessCut(() -> members.add(channel, member));
        }

        @Override
        public CompletionStage<Boolean> remove(Channel channel, ClientInfo member) {
            return unlessCut(() -> members.remove(channel, member));
        }

        @Override
        public CompletionStage<Map<String, ClientInfo>> members(Channel channel) {
            return unlessCut(() -> members.members(channel));
        }
    }
}
