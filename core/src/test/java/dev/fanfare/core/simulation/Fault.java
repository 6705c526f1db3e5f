package dev.fanfare.core.simulation;

/** Something broken on purpose: the simulation must notice each of these. */
enum Fault {
    NONE,
    /** A publication on its way to a node is lost. */
    DROPS,
    REPEATS,
    SWAPS,
    /** Publications reach a node that has just subscribed too late. */
    SUBSCRIBES_LATE,
    UNSUBSCRIBES_NEVER,
    /** Nobody hears that publications have been missed. */
    INTERRUPTS_SILENTLY,
    FORGETS_AUDIENCE,
    FORGETS_IDEMPOTENCY,
    /** History is read without its newest publication, and the top says so. */
    READS_STALE_HISTORY,
    /** History has a hole before its newest publication. */
    READS_HOLED_HISTORY,
    /** History claims that everything has been read. */
    CLAIMS_HIGHER_TOP,
    FORGETS_STREAMS_EARLY,
    PRESENCE_KEEPS_LEAVERS,
    PRESENCE_MISSES_JOINERS,
    ANSWERS_ARE_LOST,
    ANSWERS_COME_TWICE,
    OUTPUTS_ARE_SWAPPED,
    FLUSHES_ARE_FORGOTTEN,
    /** A task of an event loop gets lost. */
    LOOP_LOSES_TASKS
}
