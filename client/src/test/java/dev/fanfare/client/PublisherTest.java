package dev.fanfare.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.fanfare.client.RealtimeException.Code;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PublisherTest {
    private final AtomicInteger waiting = new AtomicInteger();
    private final List<Code> failed = new CopyOnWriteArrayList<>();
    private final PublishObserver observer =
            new PublishObserver() {
                @Override
                public void waiting(int change) {
                    waiting.addAndGet(change);
                }

                @Override
                public void failed(Code why) {
                    failed.add(why);
                }
            };

    @Test
    void sendsOneEventOfAChannelAtATimeAndChannelsSideBySide() {
        var delivery = FakeDelivery.waiting();
        var publisher = new Publisher(delivery, observer);
        var first = publisher.publishAsync(event("a", 1));
        var second = publisher.publishAsync(event("a", 2));
        send(publisher, event("b", 3));
        assertThat(delivery.payloads()).containsExactly("1", "3");
        assertThat(waiting).hasValue(3);

        delivery.given.get(0).succeed();
        assertThat(first).isCompleted();
        assertThat(second).isNotDone();
        assertThat(delivery.payloads()).containsExactly("1", "3", "2");
        delivery.given.get(1).succeed();
        delivery.given.get(2).succeed();
        assertThat(waiting).hasValue(0);
    }

    @Test
    void goesOnAfterAFailure() {
        var delivery = FakeDelivery.waiting();
        var publisher = new Publisher(delivery, observer);
        var first = publisher.publishAsync(event("a", 1));
        send(publisher, event("a", 2));
        delivery.given.get(0).fail(Code.REFUSED);
        assertThat(first).isCompletedExceptionally();
        assertThat(delivery.payloads()).containsExactly("1", "2");
        assertThat(failed).containsExactly(Code.REFUSED);
    }

    @Test
    void keepsTheOrderOfEveryChannelUnderConcurrency() {
        var sent = new CopyOnWriteArrayList<String>();
        Delivery delivery =
                event ->
                        CompletableFuture.runAsync(
                                () -> sent.add(event.channel() + event.payload()));
        try (var publisher = new Publisher(delivery, observer)) {
            var channels = List.of("a", "b", "c", "d");
            var writers =
                    channels.stream()
                            .map(
                                    channel ->
                                            CompletableFuture.runAsync(
                                                    () -> many(publisher, channel)))
                            .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(writers).join();
            for (var channel : channels) {
                assertThat(sent.stream().filter(each -> each.startsWith(channel)))
                        .containsExactlyElementsOf(
                                IntStream.range(0, 500).mapToObj(i -> channel + i).toList());
            }
        }
        assertThat(waiting).hasValue(0);
    }

    private static void many(Publisher publisher, String channel) {
        var last =
                IntStream.range(0, 500)
                        .mapToObj(i -> publisher.publishAsync(event(channel, i)))
                        .reduce((one, other) -> other);
        last.orElseThrow().join();
    }

    @Test
    void deliversManyThatAreDoneAtOnceWithoutGoingDeep() {
        var delivery = FakeDelivery.waiting();
        var publisher = new Publisher(delivery, observer, 10_000, 9_000);
        send(publisher, event("a", 0));
        var rest =
                IntStream.range(1, 9_000)
                        .mapToObj(i -> publisher.publishAsync(event("a", i)))
                        .toList();
        for (int i = 0; i < 9_000; i++) {
            delivery.given.get(i).succeed();
        }
        assertThat(rest).allMatch(CompletableFuture::isDone);
    }

    @Test
    void refusesWhatIsTooMuch() {
        var delivery = FakeDelivery.waiting();
        var publisher = new Publisher(delivery, observer);
        for (int i = 0; i < 10_000; i++) {
            send(publisher, event("a" + i % 10, i));
        }
        var failure =
                catchThrowableOfType(
                        RealtimeException.class, () -> publisher.publish(event("b", 1)));
        assertThat(failure.code()).isEqualTo(Code.FULL);
        assertThat(failure).hasMessage("b: 10000 events wait (expected: fewer)");

        delivery.given.get(0).succeed();
        send(publisher, event("b", 1));
        assertThat(delivery.payloads()).hasSize(12);
    }

    @Test
    void oneBusyChannelLeavesRoomForOthers() {
        var delivery = FakeDelivery.waiting();
        var publisher = new Publisher(delivery, observer);
        for (int i = 0; i < 1_000; i++) {
            send(publisher, event("a", i));
        }
        var failure =
                catchThrowableOfType(
                        RealtimeException.class, () -> publisher.publish(event("a", 1_000)));
        assertThat(failure.code()).isEqualTo(Code.FULL);
        assertThat(failure).hasMessage("a: 1000 events of the channel wait (expected: fewer)");
        send(publisher, event("b", 1));
        delivery.given.get(0).succeed();
        send(publisher, event("a", 1_001));
        assertThat(failed).containsExactly(Code.FULL);
    }

    @Test
    void throwsWhatTheServerSays() {
        var publisher = new Publisher(FakeDelivery.failing(Code.REFUSED), observer);
        assertThatThrownBy(() -> publisher.publish("a", Map::of)).hasMessage("no: REFUSED");
    }

    @Test
    void publishesWhenTheTransactionHasBeenCommitted() {
        var delivery = FakeDelivery.succeeding();
        var publisher = new Publisher(delivery, observer);
        var actions = new ArrayList<Runnable>();
        publisher.publishAfterCommit(actions::add, "a", () -> Map.of("n", 1));
        publisher.publishAfterCommit(actions::add, event("a", 2));
        assertThat(delivery.given).isEmpty();

        actions.forEach(Runnable::run);
        assertThat(delivery.payloads()).containsExactly("{\"n\":1}", "2");
    }

    @Test
    void nothingIsThrownIntoTheBusiness() {
        var publisher = new Publisher(FakeDelivery.failing(Code.UNREACHABLE), observer);
        publisher.publishAfterCommit(Runnable::run, "a", Map::of);
        publisher.publishAfterCommit(Runnable::run, "", Map::of);
        publisher.publishAfterCommit(Runnable::run, "a", () -> Map.of("at", Instant.EPOCH));
        publisher.publishAfterCommit(
                action -> {
                    throw new IllegalStateException("no transaction");
                },
                "a",
                Map::of);
        assertThat(failed)
                .containsExactly(Code.UNREACHABLE, Code.INVALID, Code.INVALID, Code.UNEXPECTED);
    }

    @Test
    void noErrorIsThrownIntoTheBusinessEither() {
        var publisher = new Publisher(FakeDelivery.succeeding(), observer);
        var endless = new HashMap<String, Object>();
        endless.put("self", endless);
        publisher.publishAfterCommit(Runnable::run, "a", () -> endless);
        publisher.publishAfterCommit(
                Runnable::run,
                "a",
                () -> {
                    throw new StackOverflowError();
                });
        new AfterCommit(
                        () -> {
                            throw new StackOverflowError();
                        })
                .run();
        assertThat(failed).containsExactly(Code.INVALID, Code.UNEXPECTED);
    }

    @Test
    void aChannelGoesOnAfterADeliveryThatThrows() {
        var succeeding = FakeDelivery.succeeding();
        var isBroken = new AtomicBoolean(true);
        Delivery delivery =
                event -> {
                    if (isBroken.get()) {
                        throw new NoClassDefFoundError("gone");
                    }
                    return succeeding.deliver(event);
                };
        var publisher = new Publisher(delivery, observer);
        assertThat(publisher.publishAsync(event("a", 1))).isCompletedExceptionally();
        isBroken.set(false);
        assertThat(publisher.publishAsync(event("a", 2))).isCompleted();
        assertThat(waiting).hasValue(0);
    }

    @Test
    void sendsWhatWaitsBeforeItIsClosed() throws InterruptedException {
        var delivery = FakeDelivery.waiting();
        var publisher = new Publisher(delivery, observer);
        send(publisher, event("a", 1));
        send(publisher, event("a", 2));
        var closing = new Thread(publisher::close);
        closing.start();
        await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        delivery.given.get(0).succeed();
        assertThat(delivery.payloads()).containsExactly("1", "2");
        assertThat(delivery.isClosed).isFalse();
        delivery.given.get(1).succeed();
        closing.join();

        assertThat(delivery.isClosed).isTrue();
        var failure =
                catchThrowableOfType(
                        RealtimeException.class, () -> publisher.publish(event("a", 3)));
        assertThat(failure.code()).isEqualTo(Code.CLOSED);
    }

    private static void send(Publisher publisher, Event event) {
        var unused = publisher.publishAsync(event);
    }

    private static Event event(String channel, int number) {
        return new Event("1", channel, String.valueOf(number), null);
    }
}
