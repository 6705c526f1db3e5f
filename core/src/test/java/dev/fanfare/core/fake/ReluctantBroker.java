package dev.fanfare.core.fake;

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
import dev.fanfare.core.model.Unavailable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A broker that a test can make late, broken or forgetful, and that does something else at the
 * critical moment.
 */
public final class ReluctantBroker implements Broker {
    private final Broker broker;
    private final ArrayDeque<Runnable> heldAnswers = new ArrayDeque<>();
    private final List<Channel> subscribed = new ArrayList<>();
    private boolean late;
    private @Nullable RuntimeException broken;
    private int subscribes;
    private int historyReads;
    private BrokerListener listener = publication -> {};
    private Predicate<Publication> lost = publication -> false;
    private Runnable beforeHistory = () -> {};
    private Runnable afterHistory = () -> {};

    public ReluctantBroker(Broker broker) {
        this.broker = broker;
    }

    /** From now on answers come when {@link #answer} or {@link #answerAll} is called. */
    public void beLate() {
        late = true;
    }

    /** From now on everything fails, and nobody knows why, until it is mended. */
    public void breakDown() {
        broken = new IllegalStateException("broker: broken");
    }

    /** From now on everything fails, for it cannot be reached, until it is mended. */
    public void goAway() {
        broken = new Unavailable("broker: gone");
    }

    public void mend() {
        broken = null;
    }

    /** From now on such publications get lost on the way to the listener. */
    public void lose(Predicate<Publication> lost) {
        this.lost = lost;
    }

    /** From now on nothing gets lost; what did on these channels is told of. */
    public void comeBack(Channel... channels) {
        lost = publication -> false;
        listener.onInterruption(List.of(channels));
    }

    /** Once, right before the next history is read. */
    public void beforeHistory(Runnable action) {
        beforeHistory = action;
    }

    /** Once, when the next history has been read and nobody knows it yet. */
    public void afterHistory(Runnable action) {
        afterHistory = action;
    }

    public void answer() {
        heldAnswers.remove().run();
    }

    public void answerAll() {
        while (!heldAnswers.isEmpty()) {
            answer();
        }
    }

    public List<Channel> subscribed() {
        return subscribed;
    }

    public int subscribes() {
        return subscribes;
    }

    public int historyReads() {
        return historyReads;
    }

    @Override
    public void start(BrokerListener listener) {
        this.listener = listener;
        broker.start(
                new BrokerListener() {
                    @Override
                    public void onPublication(Publication publication) {
                        if (!lost.test(publication)) {
                            listener.onPublication(publication);
                        }
                    }

                    @Override
                    public void onMembership(Channel channel, Membership membership) {
                        listener.onMembership(channel, membership);
                    }
                });
    }

    @Override
    public CompletionStage<Published> publish(
            Channel channel, Message message, PublishOptions options) {
        return broken != null
                ? answer(CompletableFuture.failedFuture(broken))
                : answer(broker.publish(channel, message, options));
    }

    @Override
    public CompletionStage<Void> announce(Channel channel, Membership membership) {
        return broken == null
                ? broker.announce(channel, membership)
                : CompletableFuture.failedFuture(broken);
    }

    @Override
    public CompletionStage<Void> subscribe(Channel channel) {
        subscribes++;
        if (broken != null) {
            return answer(CompletableFuture.failedFuture(broken));
        }
        subscribed.add(channel);
        return answer(broker.subscribe(channel));
    }

    @Override
    public void unsubscribe(Channel channel) {
        subscribed.remove(channel);
        broker.unsubscribe(channel);
    }

    @Override
    public CompletionStage<History> history(
            Channel channel, HistoryQuery query, Retention retention) {
        historyReads++;
        if (broken != null) {
            return answer(CompletableFuture.failedFuture(broken));
        }
        var before = beforeHistory;
        beforeHistory = () -> {};
        before.run();
        var history = broker.history(channel, query, retention);
        var after = afterHistory;
        afterHistory = () -> {};
        after.run();
        return answer(history);
    }

    @Override
    public CompletionStage<Void> removeHistory(Channel channel) {
        return answer(broker.removeHistory(channel));
    }

    private <T> CompletionStage<T> answer(CompletionStage<T> stage) {
        if (!late) {
            return stage;
        }
        var answer = new CompletableFuture<T>();
        heldAnswers.add(
                () ->
                        stage.whenComplete(
                                (value, failure) -> {
                                    if (failure == null) {
                                        answer.complete(value);
                                    } else {
                                        answer.completeExceptionally(failure);
                                    }
                                }));
        return answer;
    }
}
