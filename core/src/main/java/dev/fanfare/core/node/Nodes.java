package dev.fanfare.core.node;

import static java.util.concurrent.CompletableFuture.completedStage;

import dev.fanfare.core.broker.Broker;
import dev.fanfare.core.broker.BrokerListener;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.Unavailable;
import dev.fanfare.core.presence.PresenceListener;
import dev.fanfare.core.presence.PresenceStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * This node's talk with all nodes, itself among them.
 *
 * <p>What all are asked goes over one channel, so all hear it in one order, and what all are told
 * over another; questions for one node, and answers, go over a channel of that node's own. All of
 * them keep history: whoever was cut off hears later what it missed. The members of the channel of
 * questions to all are the registry: they have to answer.
 *
 * <p>A new node follows these channels before it enters the registry, and takes clients after it.
 * So what is asked of all has been done for every client there was when it was asked: a node that
 * is not found in the registry, read after the question is placed, hears the question before it has
 * clients.
 *
 * <p>Everything happens on one loop; {@link #askAll}, {@link #ask} and {@link #tell} are for any
 * thread, and their stages complete on the loop. Nothing blocks. There is no timer: whoever owns
 * the loop calls {@link #sweep} about twice a second.
 */
public final class Nodes {
    /** Time between two looks whether something was missed without a sign of it. */
    static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);

    /** What the looks into the registry take until a node is found to have gone. */
    private static final Duration LOOKS = Duration.ofSeconds(5);

    /** Answers one kind of question. Called on the loop. */
    @FunctionalInterface
    public interface Handler {
        CompletionStage<byte[]> answer(byte[] question);
    }

    /** Watches, for logs and metrics. Called on the loop. */
    public interface Observer {
        /** A question could not be answered; whoever asked is told. */
        void failed(String topic, Throwable why);

        /** So many questions to all will never be heard here, and may have been answered by all. */
        void missed(long questions);
    }

    private final NodeName self;
    private final Broker broker;
    private final PresenceStore presence;
    private final Loop loop;
    private final InstantSource clock;
    private final Mail mail;
    private final Registry registry;
    private final Questions questions;
    private final Hearing hearing;
    private final Feed all;
    private final Feed news;
    private final Feed own;
    private long checkedAt;

    /**
     * @param broker with channels for nothing else, as is {@code presence}
     * @param timeToLive how long the registry remembers a node that has died. Half as long again
     *     one that is not found still counts; after twice as long and five seconds nobody waits
     */
    public Nodes(
            NodeName self,
            Broker broker,
            PresenceStore presence,
            Duration timeToLive,
            Executor executor,
            InstantSource clock,
            Observer observer) {
        this.self = self;
        this.broker = broker;
        this.presence = presence;
        this.clock = clock;
        loop = new Loop(executor);
        mail = new Mail(self, broker);
        registry = new Registry(self, Mail.ALL, presence, timeToLive.dividedBy(2), loop, clock);
        questions = new Questions(registry, timeToLive.multipliedBy(2).plus(LOOKS), loop, clock);
        hearing = new Hearing(self, loop, mail, registry, questions, observer);
        all = new Feed(Mail.ALL, Mail.FOR_ALL, broker, loop, hearing);
        news = new Feed(Mail.NEWS, Mail.FOR_NEWS, broker, loop, hearing);
        own = new Feed(Mail.channelOf(self.id()), Mail.FOR_ONE, broker, loop, hearing);
    }

    public NodeName self() {
        return self;
    }

    /** Who answers questions of a topic. Before {@link #start}. */
    public void handle(String topic, Handler handler) {
        hearing.handle(topic, handler);
    }

    /**
     * What is to be done, on the loop, when something that was told may not have been heard here.
     * Before {@link #start}.
     */
    public void whenNewsIsLost(Runnable task) {
        hearing.whenNewsIsLost(task);
    }

    /**
     * Called once, on any thread.
     *
     * @return completes when this node hears the others, and is in their registry
     */
    public CompletionStage<Void> start() {
        broker.start(new Ears());
        presence.start(PresenceListener.NONE);
        return loop.call(
                () ->
                        own.start()
                                .thenCompose(nothing -> news.start())
                                .thenCompose(nothing -> all.start())
                                .thenCompose(nothing -> registry.enter()));
    }

    /**
     * The last word of this node: nobody waits for it from then on, and it hears no more. Any
     * thread.
     */
    public CompletionStage<Void> leave() {
        return loop.call(registry::leave)
                .thenCompose(nothing -> loop.call(() -> mail.toAll(new Letter.Left(self.id()))))
                .thenRun(
                        () ->
                                Stream.of(all, news, own)
                                        .map(Feed::channel)
                                        .forEach(broker::unsubscribe));
    }

    /**
     * Asks all nodes that there are, this one too. All begin with what is asked of all in the same
     * order.
     *
     * @return the answers by node, when all have answered that have not left the registry
     *     meanwhile; fails with {@link Unavailable} when one does not answer, or fails
     */
    public CompletionStage<Map<String, byte[]>> askAll(String topic, byte[] body) {
        return loop.call(
                () -> {
                    var letter = letter(topic, body, self);
                    var question = questions.open(letter.id());
                    loop.then(
                            mail.toAll(letter),
                            placed -> questions.awaitAll(question),
                            question::fail);
                    return question.result();
                });
    }

    /**
     * Asks one node.
     *
     * @return its answer; empty: there is no such node; fails with {@link Unavailable} when it does
     *     not answer, or fails
     */
    public CompletionStage<Optional<byte[]>> ask(String node, String topic, byte[] body) {
        return loop.call(
                () ->
                        questions
                                .find(node)
                                .thenCompose(
                                        found ->
                                                found.isEmpty()
                                                        ? completedStage(Optional.empty())
                                                        : ask(found.get(), topic, body)));
    }

    private CompletionStage<Optional<byte[]>> ask(NodeName node, String topic, byte[] body) {
        var letter = letter(topic, body, self);
        var question = questions.open(letter.id());
        loop.then(
                mail.to(node.id(), letter),
                placed -> question.await(Map.of(node.id(), node)),
                question::fail);
        return question.result()
                .thenApply(
                        answers -> {
                            var answer = answers.get(node.id());
                            if (answer == null) {
                                throw new Unavailable("node " + node + ": it has left");
                            }
                            return Optional.of(answer);
                        });
    }

    /**
     * Tells all nodes, this one too, in one order. Nobody answers.
     *
     * @return completes when it is placed
     */
    public CompletionStage<Void> tell(String topic, byte[] body) {
        return loop.call(() -> mail.asNews(letter(topic, body, null)));
    }

    private Letter.Asked letter(String topic, byte[] body, @Nullable NodeName asker) {
        return new Letter.Asked(
                mail.newId(), topic, Payload.of(body, Payload.Format.BINARY), asker);
    }

    /** On the loop: looks after what has not been heard, and what has not been answered. */
    public void sweep() {
        long now = clock.millis();
        boolean check = now - checkedAt >= CHECK_INTERVAL.toMillis();
        checkedAt = check ? now : checkedAt;
        Stream.of(all, news, own).filter(feed -> check || feed.isBehind()).forEach(Feed::doubt);
        questions.sweep();
    }

    /** What the broker says, on any thread. */
    private final class Ears implements BrokerListener {
        @Override
        public void onPublication(Publication publication) {
            loop.executor().execute(() -> feed(publication.channel()).heard(publication));
        }

        @Override
        public void onInterruption(Collection<Channel> channels) {
            loop.executor().execute(() -> channels.forEach(channel -> feed(channel).doubt()));
        }

        private Feed feed(Channel channel) {
            if (channel.equals(Mail.ALL)) {
                return all;
            }
            return channel.equals(Mail.NEWS) ? news : own;
        }
    }
}
