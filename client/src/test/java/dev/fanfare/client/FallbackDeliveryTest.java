package dev.fanfare.client;

import static dev.fanfare.client.FakeServer.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fanfare.client.RealtimeException.Code;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class FallbackDeliveryTest {
    private static final Event EVENT = Event.ofJson("a", "1");

    private final FakeDelivery second = FakeDelivery.succeeding();
    private final List<Code> fallenBack = new ArrayList<>();
    private final PublishObserver observer =
            new PublishObserver() {
                @Override
                public void fellBack(Code why) {
                    fallenBack.add(why);
                }
            };

    @Test
    void leavesTheSecondWayAloneWhileTheFirstWorks() {
        deliver(FakeDelivery.succeeding(), second);
        assertThat(second.given).isEmpty();
        assertThat(fallenBack).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"TIMEOUT", "UNREACHABLE", "UNAVAILABLE"})
    void takesTheSecondWayWhereTheFirstIsDown(Code code) {
        deliver(FakeDelivery.failing(code), second);
        assertThat(second.given).extracting(FakeDelivery.Given::event).containsExactly(EVENT);
        assertThat(fallenBack).containsExactly(code);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"TIMEOUT", "UNREACHABLE", "UNAVAILABLE"},
            mode = Mode.EXCLUDE)
    void leavesTheSecondWayAloneWhereTheServerSaysNo(Code code) {
        assertThat(failure(FakeDelivery.failing(code), second).code()).isEqualTo(code);
        assertThat(second.given).isEmpty();
        assertThat(fallenBack).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429})
    void aStatusThatAsksForPatienceIsNotForTheSecondWayButForAnotherTime(int status) {
        try (var server = new FakeServer(says(status, "{\"detail\":\"too many requests\"}"));
                var http = new HttpDelivery(PublisherConfig.of(server.address(), "token"))) {
            assertThat(failure(http, second).code().isTemporary()).isTrue();
            assertThat(second.given).isEmpty();
        }
    }

    @Test
    void tellsHowBothWaysFailed() {
        var failure =
                failure(
                        FakeDelivery.failing(Code.UNREACHABLE),
                        FakeDelivery.failing(Code.UNAVAILABLE));
        assertThat(failure.code()).isEqualTo(Code.UNREACHABLE);
        assertThat(failure).hasMessage("no: UNREACHABLE; and no: UNAVAILABLE");
    }

    @Test
    void doesNotWaitForEveryEventWhereTheFirstWaySaysNothing() {
        var first = FakeDelivery.failing(Code.TIMEOUT);
        var both = new FallbackDelivery(first, second, observer);
        for (int i = 0; i < 2; i++) {
            Blocking.await("event", both.deliver(EVENT));
        }
        assertThat(first.given).hasSize(1);
        assertThat(second.given).hasSize(2);
        assertThat(fallenBack).containsExactly(Code.TIMEOUT, Code.TIMEOUT);
    }

    @Test
    void triesTheFirstWayAllTheSameWhereItRestsAndTheSecondFails() {
        var first = FakeDelivery.failing(Code.TIMEOUT);
        var both = new FallbackDelivery(first, FakeDelivery.failing(Code.UNAVAILABLE), observer);
        for (int i = 0; i < 2; i++) {
            assertThat(both.deliver(EVENT)).isCompletedExceptionally();
        }
        assertThat(first.given).hasSize(2);
    }

    private void deliver(Delivery first, Delivery other) {
        Blocking.await("event", new FallbackDelivery(first, other, observer).deliver(EVENT));
    }

    private RealtimeException failure(Delivery first, Delivery other) {
        return catchThrowableOfType(RealtimeException.class, () -> deliver(first, other));
    }
}
