package dev.fanfare.client;

import static dev.fanfare.client.FakeServer.takes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.client.RealtimeException.Code;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BoundedDeliveryTest {
    @Test
    void sendsSoManyAtOnceAndTheOthersInOrder() {
        var delivery = FakeDelivery.waiting();
        var bounded = new BoundedDelivery(delivery, 2);
        var all = IntStream.range(0, 5).mapToObj(i -> bounded.deliver(event(i))).toList();
        assertThat(delivery.payloads()).containsExactly("0", "1");

        delivery.given.get(1).fail(Code.REFUSED);
        assertThat(delivery.payloads()).containsExactly("0", "1", "2");
        assertThat(all.get(1)).isCompletedExceptionally();
        for (int i : new int[] {0, 2, 3, 4}) {
            delivery.given.get(i).succeed();
        }
        assertThat(delivery.payloads()).containsExactly("0", "1", "2", "3", "4");
        assertThat(all).allMatch(CompletableFuture::isDone);
    }

    @Test
    void whatIsThrownGivesItsPlaceBack() {
        Delivery broken =
                event -> {
                    throw new NoClassDefFoundError("gone");
                };
        var bounded = new BoundedDelivery(broken, 1);
        for (int i = 0; i < 3; i++) {
            assertThat(bounded.deliver(event(i))).isCompletedExceptionally();
        }
    }

    @Test
    void manyThatWaitAndAreDoneAtOnceDoNotGoDeep() {
        var first = new CompletableFuture<Void>();
        var count = new AtomicInteger();
        var bounded =
                new BoundedDelivery(
                        event ->
                                count.getAndIncrement() == 0
                                        ? first
                                        : CompletableFuture.completedFuture(null),
                        1);
        var all = IntStream.range(0, 50_000).mapToObj(i -> bounded.deliver(event(i))).toList();
        first.complete(null);
        assertThat(all).allMatch(CompletableFuture::isDone);
    }

    /** Each request that waits for its answer has a connection of its own. */
    @Test
    void manyChannelsShareAFewConnections() {
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        var four = new CyclicBarrier(4);
        FakeServer.Reaction counting =
                exchange -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    together(four);
                    now.decrementAndGet();
                    takes().to(exchange);
                };
        try (var server = new FakeServer(counting)) {
            var config = PublisherConfig.of(server.address(), "token").withMaxUnderWay(4);
            try (var publisher = Publisher.of(config, PublishObserver.NONE)) {
                var all =
                        IntStream.range(0, 500)
                                .mapToObj(i -> publisher.publishAsync(event(i)))
                                .toArray(CompletableFuture[]::new);
                CompletableFuture.allOf(all).join();
            }
            assertThat(most.get()).isEqualTo(4);
            assertThat(server.asked).hasSize(500);
        }
    }

    private static void together(CyclicBarrier many) {
        try {
            many.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Event event(int number) {
        return new Event("1", "channel" + number, String.valueOf(number), null);
    }
}
