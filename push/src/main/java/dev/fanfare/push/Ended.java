package dev.fanfare.push;

import java.util.List;
import java.util.Map;

/** A request to the provider that is over, and that the table does not know of yet. */
sealed interface Ended {
    /**
     * @param tickets one for each
     */
    record Sent(List<Entry> entries, List<Ticket> tickets) implements Ended {}

    record Asked(List<Unconfirmed> rows, Map<String, Receipt> receipts) implements Ended {}

    /** Receipts could not be had; they are asked for again. */
    record Failed(PushOutage why) implements Ended {}
}
