package dev.fanfare.check.judge;

import static java.util.stream.Collectors.joining;

import dev.fanfare.check.history.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A verdict in words. */
public final class Report {
    /** Violations that are told; the others are counted. */
    private static final int TOLD = 5;

    private Report() {}

    /** As lines. */
    public static List<String> of(Verdict verdict) {
        var lines = new ArrayList<>(counts(verdict));
        int count = verdict.violations().size();
        lines.add("");
        lines.add(
                switch (count) {
                    case 0 -> "No promise was broken.";
                    case 1 -> "One promise was broken:";
                    default -> count + " promises were broken:";
                });
        verdict.violations().stream().limit(TOLD).forEach(each -> tell(each, lines));
        if (count > TOLD) {
            lines.add("");
            lines.add("… and %d more.".formatted(count - TOLD));
        }
        return lines;
    }

    private static List<String> counts(Verdict verdict) {
        var publishes = verdict.counts().publishes();
        var hearing = verdict.counts().hearing();
        var others = verdict.counts().others();
        return List.of(
                row("seed", verdict.seed()),
                row(
                        "publishes",
                        "%d: %d acknowledged, %d refused, %d with an unknown outcome"
                                .formatted(
                                        publishes.sent(),
                                        publishes.acknowledged(),
                                        publishes.refused(),
                                        publishes.unknown())),
                row(
                        "deliveries",
                        "%d to %d subscriptions on %d connections"
                                .formatted(
                                        hearing.deliveries(),
                                        hearing.subscriptions(),
                                        hearing.connections())),
                row(
                        "recoveries",
                        "%d without a gap, %d refused; %d gaps told"
                                .formatted(hearing.recovered(), hearing.lost(), hearing.gaps())),
                row(
                        "presence",
                        "%d answers judged, %d joins and leaves heard"
                                .formatted(others.reads(), others.changes())),
                row("commands", others.commands() + " acknowledged"),
                row("faults", faults(verdict.counts().faults())));
    }

    private static String row(String name, Object value) {
        return "%-11s %s".formatted(name, value);
    }

    private static String faults(Map<Fault.Kind, Integer> faults) {
        return faults.isEmpty()
                ? "none"
                : faults.entrySet().stream()
                        .map(each -> each.getValue() + " " + words(each.getKey()))
                        .collect(joining(", "));
    }

    static String words(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static void tell(Violation violation, List<String> lines) {
        lines.add("");
        lines.add("! " + violation.what() + ".");
        lines.add("  (promised: " + violation.rule().promise() + ")");
        violation.story().forEach(entry -> lines.add("  " + Telling.of(entry)));
    }
}
