package dev.fanfare.core.simulation;

import static dev.fanfare.core.simulation.Violation.unless;
import static dev.fanfare.core.simulation.World.MAX_RECOVERED;

import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.model.TagsFilter;
import dev.fanfare.core.protocol.Command.Subscribe.Options;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one client has heard of one channel, and must still hear: the reference that the server is
 * held to. Since every publication is looked up in the {@link Ledger}, what holds for each client
 * holds for all together: one order, nothing twice, nothing left out unless told.
 */
final class View {
    private static final int NOTHING = Integer.MAX_VALUE;

    private final Ledger ledger;
    private final ClientInfo client;

    /** Nothing before this index may come. */
    private int next;

    /** Everything from this index on that is meant for the client must come. */
    private int owed;

    /** Of what no history keeps, nothing before this index may come. */
    private int nextUnkept;

    /** Everything of that from this index on must come. */
    private int owedUnkept = NOTHING;

    private TagsFilter filter = TagsFilter.EVERYTHING;
    private boolean delta;

    /** What has been heard last. */
    private @Nullable Publication last;

    /** Where the client stands; null: nobody has told it. */
    private @Nullable StreamPosition position;

    /** Whether that is not a place to continue from, and the client must hear so. */
    private boolean lost;

    private View(Ledger ledger, ClientInfo client, int next, int owed) {
        this.ledger = ledger;
        this.client = client;
        this.next = next;
        this.owed = owed;
    }

    /** From the beginning of a connection, which is being opened now. */
    static View opening(
            Ledger ledger, ClientInfo client, @Nullable StreamPosition since, long now) {
        if (since == null) {
            return new View(ledger, client, ledger.keepsHistory() ? ledger.size() : 0, NOTHING);
        }
        if (ledger.canRecover(since, MAX_RECOVERED, now)) {
            return at(ledger, client, since);
        }
        var view = new View(ledger, client, 0, NOTHING);
        view.position = since;
        view.lost = true;
        return view;
    }

    static View at(Ledger ledger, ClientInfo client, StreamPosition position) {
        int index = ledger.after(position);
        var view = new View(ledger, client, index, index);
        view.position = position;
        return view;
    }

    /** Hears nothing before one index, and everything from another one on. */
    static View between(Ledger ledger, ClientInfo client, int next, int owed) {
        return new View(ledger, client, next, owed);
    }

    /** As the client has asked for it. */
    View as(Options options) {
        filter = options.filter();
        delta = options.delta() && ledger.keepsHistory();
        return this;
    }

    boolean isDelta() {
        return delta;
    }

    /** The server has said that the client is in: whatever comes now must reach it. */
    void enter() {
        owed = Math.min(owed, ledger.size());
        owedUnkept = ledger.unkept().size();
    }

    /** The server has answered that the client is subscribed. */
    View subscribed() {
        owedUnkept = ledger.unkept().size();
        return this;
    }

    /** Index of what it would hear next. */
    int next() {
        return next;
    }

    /** The server says where the client stands: where it wanted, or word of a gap follows. */
    void begin(StreamPosition stated) {
        int index = ledger.after(stated);
        if (position == null) {
            unless(index >= next && index <= owed, "%s: not where it began", stated);
            stand(stated, index);
        } else if (!stated.equals(position)) {
            lost = true;
        }
    }

    /** As a difference to the base, or whole where there is none. */
    void hear(Publication publication, @Nullable Publication base) {
        unless(delta, "%s: nobody wanted a difference", publication);
        var expected = publication.message().delta() ? last : null;
        unless(Objects.equals(base, expected), "%s after %s, not %s", publication, base, expected);
        take(publication);
    }

    /** Whole. */
    void hear(Publication publication) {
        unless(!delta, "%s: not said as a difference might be", publication);
        take(publication);
    }

    /** As the answer that began it, or a history, tells it. */
    void take(Publication publication) {
        last = publication;
        if (ledger.isUnkept(publication)) {
            takeUnkept(publication);
        } else {
            takeKept(publication);
        }
    }

    private void takeUnkept(Publication publication) {
        int index = ledger.unkept().indexOf(publication);
        unless(index >= 0, "%s was never published", publication);
        unless(index >= nextUnkept, "%s: heard again, or out of order", publication);
        unless(isMeant(publication), "%s: not meant for %s", publication, client);
        expectNoUnkeptMissed(index);
        nextUnkept = index + 1;
    }

    private void expectNoUnkeptMissed(int to) {
        for (int index = Math.max(nextUnkept, owedUnkept); index < to; index++) {
            var publication = ledger.unkept().get(index);
            unless(!isMeant(publication), "%s: missed", publication);
        }
    }

    private boolean isMeant(Publication publication) {
        var message = publication.message();
        return message.audience().includes(client) && filter.matches(message.tags());
    }

    private void takeKept(Publication publication) {
        int index = ledger.indexOf(publication);
        unless(!lost, "%s: no word of the gap after %s", publication, position);
        unless(index >= next, "%s: heard again, or out of order", publication);
        unless(isMeant(publication), "%s: not meant for %s", publication, client);
        expectNothingMissed(Math.max(next, owed), index);
        next = index + 1;
        if (ledger.keepsHistory()) {
            owed = next;
            position = publication.position();
        }
    }

    private void expectNothingMissed(int from, int to) {
        for (int index = from; index < to; index++) {
            unless(!isMeant(ledger.get(index)), "%s: missed", ledger.get(index));
        }
    }

    /** All up to the position has been heard, as far as it was meant for the client. */
    void reach(StreamPosition reached) {
        int index = ledger.after(reached);
        expectNothingMissed(next, index);
        unless(index >= next, "%s: back behind what has been heard", reached);
        stand(reached, index);
    }

    /** The server says that something is lost; that must not be needless. */
    void lose(StreamPosition reached, long now) {
        unless(
                position == null || !ledger.canRecover(position, MAX_RECOVERED, now),
                "needlessly lost: all after %s",
                position);
        lost = false;
        if (ledger.keepsHistory()) {
            int index = ledger.after(reached);
            unless(index >= next, "%s: back behind what has been heard", reached);
            stand(reached, index);
        }
    }

    private void stand(StreamPosition reached, int index) {
        position = reached;
        next = index;
        owed = index;
    }

    /** Nothing is on its way any more. */
    void expectComplete() {
        unless(!lost, "no word of the gap after %s", position);
        expectNothingMissed(Math.max(next, owed), ledger.size());
        expectNoUnkeptMissed(ledger.unkept().size());
    }
}
