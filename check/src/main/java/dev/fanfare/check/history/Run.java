package dev.fanfare.check.history;

import java.util.List;

/** What is known before anything happens: the beginning of a recording. */
public record Run(long seed, List<ChannelRules> channels, Promises promises) {
    public Run {
        channels = List.copyOf(channels);
    }

    /**
     * A channel that the run uses.
     *
     * @param historySize publications that are kept and recovered; 0: none
     * @param historyAge how long they are kept, in milliseconds
     * @param presence whether the server knows who is there
     * @param joinLeave whether it tells who comes and goes
     */
    public record ChannelRules(
            String name, int historySize, long historyAge, boolean presence, boolean joinLeave) {
        public boolean keepsHistory() {
            return historySize > 0 && historyAge > 0;
        }
    }

    /**
     * How long things may take while nothing is broken, in milliseconds. Counted from the end of
     * the last fault, if there was one.
     *
     * @param delivery of what was acknowledged, to whoever listens; of a notice that something is
     *     lost; of the end of what a command ends
     * @param presence until members are exactly the connected clients
     */
    public record Promises(long delivery, long presence) {}
}
