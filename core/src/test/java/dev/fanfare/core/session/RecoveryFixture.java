package dev.fanfare.core.session;

import dev.fanfare.core.model.StreamPosition;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;

/** A server whose channel has three publications, and who publishes at the seams. */
abstract class RecoveryFixture {
    static final String NEWS = "news:1";

    /** When something is published that must neither be missed nor come twice. */
    enum Moment {
        REGISTERED_BUT_HISTORY_NOT_READ,
        HISTORY_READ_BUT_NOT_ANSWERED,
        BOTH
    }

    final Server server = new Server();
    StreamPosition seen;
    int published;

    @BeforeEach
    void publishThree() {
        publish();
        seen = publish();
        publish();
    }

    StreamPosition publish() {
        return server.publish(NEWS, String.valueOf(++published));
    }

    void publishAt(Moment moment) {
        if (moment != Moment.HISTORY_READ_BUT_NOT_ANSWERED) {
            server.broker.beforeHistory(this::publish);
        }
        if (moment != Moment.REGISTERED_BUT_HISTORY_NOT_READ) {
            server.broker.afterHistory(this::publish);
        }
    }

    static int times(Moment moment) {
        return moment == Moment.BOTH ? 2 : 1;
    }

    static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(String::valueOf).toList();
    }
}
