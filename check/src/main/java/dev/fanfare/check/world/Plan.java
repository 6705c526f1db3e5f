package dev.fanfare.check.world;

import dev.fanfare.check.history.Fault.Kind;
import dev.fanfare.check.history.Fault.Reach;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * What will be broken, when, and for how long: it follows from the seed alone. Every kind of fault
 * comes once before one comes again. Sometimes two things of different sorts are broken at once,
 * and now and then there is a time of calm.
 *
 * @param together what is broken at the same time; then it is mended, before the next begins
 */
public record Plan(List<List<Step>> together) {
    /**
     * @param at since the beginning, at the earliest
     * @param target which node; it means nothing where Redis itself is broken
     * @param lasts at least; it means nothing for what is over at once
     */
    public record Step(Duration at, Kind kind, int target, Duration lasts) {
        @Override
        public String toString() {
            var node = kind.isOfRedis() ? "" : " node" + (target + 1);
            var time = takesTime(kind) ? " for %.1f s".formatted(seconds(lasts)) : "";
            return "%6.1f s  %s%s%s".formatted(seconds(at), kind, node, time);
        }

        private static double seconds(Duration duration) {
            return duration.toMillis() / 1e3;
        }
    }

    private static final int FIRST_MILLIS = 2_000;
    private static final int SHORTEST_MILLIS = 500;
    private static final int LONGEST_MILLIS = 3_000;
    private static final int SHORTEST_REST_MILLIS = 1_000;
    private static final int LONGEST_REST_MILLIS = 3_000;
    private static final int CALM_MILLIS = 12_000;

    /** Longer than members and nodes are remembered; where there is time for it. */
    private static final int LONG_MILLIS = 10_000;

    private static final Duration TIME_FOR_LONG_ONES = Duration.ofSeconds(60);

    /** One of so many rests is a calm, one of so many faults has company, one is long. */
    private static final int CALMS = 6;

    private static final int COMPANIES = 3;
    private static final int LONG_ONES = 6;

    public Plan {
        together = together.stream().map(List::copyOf).toList();
    }

    public static Plan of(long seed, Duration duration, int nodes) {
        return new Plan(new Drawing(new Random(seed), nodes, duration).together());
    }

    private static boolean canBeTogether(Kind one, Kind other) {
        return one.reach() != other.reach() && !(one.isOfRedis() && other.isOfRedis());
    }

    private static boolean takesTime(Kind kind) {
        return kind != Kind.REDIS_FLUSHED && kind != Kind.REDIS_CUT && kind != Kind.CLIENTS_CUT;
    }

    @Override
    public String toString() {
        return together.stream()
                .flatMap(List::stream)
                .map(Step::toString)
                .collect(Collectors.joining("\n"));
    }

    /** How a plan is made. */
    private static final class Drawing {
        private final Random random;
        private final int nodes;
        private final Duration duration;
        private final Deque<Kind> deck = new ArrayDeque<>();

        Drawing(Random random, int nodes, Duration duration) {
            this.random = random;
            this.nodes = nodes;
            this.duration = duration;
        }

        List<List<Step>> together() {
            var together = new ArrayList<List<Step>>();
            boolean hasTime = duration.compareTo(TIME_FOR_LONG_ONES) > 0;
            int most = hasTime ? LONG_MILLIS : LONGEST_MILLIS;
            int now = FIRST_MILLIS;
            while (now + SHORTEST_MILLIS + most < duration.toMillis()) {
                var steps = steps(now, hasTime);
                together.add(steps);
                for (var step : steps) {
                    now = Math.max(now, Math.toIntExact(step.at().plus(step.lasts()).toMillis()));
                }
                now +=
                        random.nextInt(CALMS) == 0
                                ? CALM_MILLIS
                                : between(SHORTEST_REST_MILLIS, LONGEST_REST_MILLIS);
            }
            return together;
        }

        private List<Step> steps(int at, boolean hasTime) {
            var first = step(at, hasTime);
            if (random.nextInt(COMPANIES) > 0) {
                return List.of(first);
            }
            var second = step(at + SHORTEST_MILLIS, hasTime);
            return canBeTogether(first.kind(), second.kind())
                    ? List.of(first, second)
                    : List.of(first);
        }

        private Step step(int at, boolean hasTime) {
            boolean isLong = hasTime && random.nextInt(LONG_ONES) == 0;
            int lasts =
                    isLong
                            ? between(LONGEST_MILLIS, LONG_MILLIS)
                            : between(SHORTEST_MILLIS, LONGEST_MILLIS);
            return new Step(
                    Duration.ofMillis(at), draw(), random.nextInt(nodes), Duration.ofMillis(lasts));
        }

        private Kind draw() {
            if (deck.isEmpty()) {
                var kinds = new ArrayList<>(Arrays.asList(Kind.values()));
                kinds.removeIf(kind -> kind.reach() == Reach.NOTHING);
                Collections.shuffle(kinds, random);
                deck.addAll(kinds);
            }
            return deck.remove();
        }

        private int between(int least, int most) {
            return least + random.nextInt(most - least);
        }
    }
}
