package dev.fanfare.ably.realtime;

import dev.fanfare.protocols.ably.ErrorInfo;
import dev.fanfare.protocols.ably.Outgoing;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers to what a client sends with a number, in the order in which it was sent, whatever is done
 * first. Lives on the connection's event loop.
 */
final class Acknowledgements {
    /** What one answer will be. */
    final class Slot {
        private final long msgSerial;
        private @Nullable Outgoing answer;

        private Slot(long msgSerial) {
            this.msgSerial = msgSerial;
        }

        /**
         * @param serials of the messages, if it had any
         */
        void acknowledge(List<String> serials) {
            settle(new Outgoing.Ack(msgSerial, List.of(serials)));
        }

        void refuse(ErrorInfo why) {
            settle(new Outgoing.Nack(msgSerial, 1, why));
        }

        private void settle(Outgoing given) {
            answer = given;
            send();
        }
    }

    private final Line line;
    private final ArrayDeque<Slot> open = new ArrayDeque<>();

    Acknowledgements(Line line) {
        this.line = line;
    }

    /** How much has not been answered. */
    int size() {
        return open.size();
    }

    /** This is to be answered after all before. */
    Slot expect(long msgSerial) {
        var slot = new Slot(msgSerial);
        open.add(slot);
        return slot;
    }

    /** Nobody waits any more: a client that comes back sends it again. */
    void forget() {
        open.clear();
    }

    private void send() {
        var first = open.peekFirst();
        while (first != null && first.answer != null) {
            line.send(first.answer);
            open.removeFirst();
            first = open.peekFirst();
        }
    }
}
