package dev.fanfare.check.judge;

import dev.fanfare.check.history.Command;
import dev.fanfare.check.history.Connection;
import dev.fanfare.check.history.Fact;
import dev.fanfare.check.history.Fault;
import dev.fanfare.check.history.Presence;
import dev.fanfare.check.history.Publish;
import dev.fanfare.check.history.Subscription;
import dev.fanfare.check.history.Subscription.Recovery;
import java.util.EnumMap;
import java.util.Map;

/** How much of what there was in a recording. */
public record Counts(
        Publishes publishes, Hearing hearing, Others others, Map<Fault.Kind, Integer> faults) {

    /** Requests to publish. */
    public record Publishes(int sent, int acknowledged, int refused, int unknown) {}

    /** What clients heard. */
    public record Hearing(
            int connections,
            int subscriptions,
            int deliveries,
            int recovered,
            int lost,
            int gaps) {}

    /**
     * Everything else.
     *
     * @param reads of presence that were in a calm and could be judged
     * @param changes joins and leaves that were heard
     * @param commands that were acknowledged
     */
    public record Others(int reads, int changes, int commands) {}

    static Counts of(Iterable<Fact> facts, int reads) {
        var count = new Count();
        facts.forEach(count::add);
        return count.counts(reads);
    }

    /** Counting. */
    private static final class Count {
        private int sent;
        private int acknowledged;
        private int refused;
        private int unknown;
        private int connections;
        private int subscriptions;
        private int deliveries;
        private int recovered;
        private int lost;
        private int gaps;
        private int changes;
        private int commands;
        private final Map<Fault.Kind, Integer> faults = new EnumMap<>(Fault.Kind.class);

        void add(Fact fact) {
            switch (fact) {
                case Publish publish -> add(publish);
                case Subscription subscription -> add(subscription);
                case Connection.Opened _ -> connections++;
                case Presence.Joined _, Presence.Left _ -> changes++;
                case Command.Acknowledged _ -> commands++;
                case Fault.Began began -> faults.merge(began.kind(), 1, Integer::sum);
                case Connection.Ended _,
                        Presence.Read _,
                        Command.Sent _,
                        Command.Failed _,
                        Fault.Ended _ -> {}
            }
        }

        private void add(Publish publish) {
            switch (publish) {
                case Publish.Sent _ -> sent++;
                case Publish.Acknowledged _ -> acknowledged++;
                case Publish.Refused _ -> refused++;
                case Publish.Unknown _ -> unknown++;
            }
        }

        private void add(Subscription subscription) {
            switch (subscription) {
                case Subscription.Began began -> {
                    subscriptions++;
                    recovered += began.recovery() == Recovery.RECOVERED ? 1 : 0;
                    lost += began.recovery() == Recovery.LOST ? 1 : 0;
                }
                case Subscription.Received _ -> deliveries++;
                case Subscription.GapTold _ -> gaps++;
                case Subscription.Ended _ -> {}
            }
        }

        Counts counts(int reads) {
            return new Counts(
                    new Publishes(sent, acknowledged, refused, unknown),
                    new Hearing(connections, subscriptions, deliveries, recovered, lost, gaps),
                    new Others(reads, changes, commands),
                    faults);
        }
    }
}
