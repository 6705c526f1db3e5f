package dev.fanfare.check.judge;

import dev.fanfare.check.history.Entry;
import dev.fanfare.check.history.Recording;
import dev.fanfare.check.history.Run.ChannelRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Says whether a recording is one that the server's promises allow. It knows nothing of the server:
 * only what was sent, answered, heard and broken, in one order in which what is sent stands before
 * it is done and what is heard after. A <i>calm</i> is a time in which nothing is broken; something
 * is <i>settled</i> when, after it, there has been a calm as long as delivery may take.
 *
 * <p>What is promised, and where it ends:
 *
 * <ol>
 *   <li>{@link Rule#PUBLISHED}: what is heard was sent before, on that channel, and not refused. An
 *       unknown outcome (no answer, a temporary error) may be either, but only once.
 *   <li>{@link Rule#PLACES}: within an epoch of a channel with history a position has one message
 *       and a message one position, whoever tells them, and positions are 1, 2, 3, …; where nobody
 *       knows what stands, there must be a message left over whose outcome is unknown. A message
 *       that is published repeatedly with one key is one message; in another epoch it may be there
 *       again, for Redis forgets keys with its data.
 *   <li>{@link Rule#EPOCHS}: an epoch follows another only when Redis was restarted, emptied or
 *       lost in between, and an epoch that is over does not come back; see {@link Epochs}.
 *   <li>{@link Rule#NOTHING_LOST}, with history: a subscriber starts where its answer says (where
 *       it left off, if that is continued) and hears position after position; a gap notice, a
 *       refused recovery or the end of the subscription takes it elsewhere, and nothing else does.
 *       When it ends it has heard all that was settled before. Who is told no positions is held to
 *       those that others are told. Without history: see {@link UnkeptLosses}. Who is promised no
 *       word of a loss is excused while its node or Redis are broken.
 *   <li>{@link Rule#NOTHING_TWICE}: within a subscription no message comes twice, nor one that the
 *       client said it had. Only what was published with a key before and after Redis lost its data
 *       can be there twice.
 *   <li>{@link Rule#ORDER}: with history, that of positions; what is sent after another message was
 *       acknowledged stands after it. Without history, any two subscribers hear any two messages in
 *       one order, and it is that of publishers, too.
 *   <li>{@link Rule#TRUE_NOTICES}: recovered means the same epoch, and by the above that nothing
 *       lies between. Lost and gaps mean another epoch, or more publications in between than are
 *       kept, or the oldest of them so old that it need not be kept any more. Without history a gap
 *       is told only when the node or Redis are broken, or a moment after.
 *   <li>{@link Rule#PRESENCE}: see {@link Members}.
 *   <li>{@link Rule#JOINS_AND_LEAVES}: see {@link ComingsAndGoings}.
 *   <li>{@link Rule#COMMANDS}: see {@link Commands}.
 * </ol>
 */
public final class Judge {
    private Judge() {}

    /**
     * @throws IllegalArgumentException where the recording contradicts itself
     */
    public static Verdict judge(Recording recording) {
        var evidence = EvidenceReader.read(recording);
        var violations = new ArrayList<>(Origins.check(evidence));
        for (var rules : recording.run().channels()) {
            violations.addAll(
                    rules.keepsHistory() ? kept(evidence, rules) : unkept(evidence, rules));
        }
        violations.addAll(Members.check(evidence));
        violations.addAll(ComingsAndGoings.check(evidence));
        violations.addAll(Commands.check(evidence));
        violations.sort(Comparator.comparingLong(Judge::beginning));
        return new Verdict(recording.run().seed(), counts(recording, evidence), violations);
    }

    private static List<Violation> kept(Evidence evidence, ChannelRules rules) {
        var places = new Places(evidence, rules.name());
        var violations = new ArrayList<>(Placement.check(evidence, rules.name(), places));
        violations.addAll(Epochs.check(evidence, rules.name(), places));
        for (var stretch : evidence.stretches(rules.name())) {
            violations.addAll(Arrivals.check(evidence, rules, places, stretch));
        }
        return violations;
    }

    private static List<Violation> unkept(Evidence evidence, ChannelRules rules) {
        return Unkept.check(evidence, rules.name());
    }

    private static long beginning(Violation violation) {
        return violation.story().stream().mapToLong(Entry::number).findFirst().orElse(0);
    }

    private static Counts counts(Recording recording, Evidence evidence) {
        long judged =
                evidence.reads().stream().filter(read -> Members.isJudged(evidence, read)).count();
        return Counts.of(
                recording.entries().stream().map(Entry::fact).toList(), Math.toIntExact(judged));
    }
}
