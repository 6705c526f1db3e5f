package dev.fanfare.core.hub;

/** One place on one channel. Lives on its shard's event loop. */
public abstract class Subscriber {
    /** Where it stands in its channel's {@link Subscribers}. */
    int slot = -1;

    /**
     * Takes a run of the channel's publications.
     *
     * @return how many of them went out to the client at once
     */
    protected abstract int deliver(Run run);

    /** Takes what is said about the channel beside its publications. */
    protected abstract void hear(EncodedOnce announcement);

    /** Publications of the channel may have been missed, up to now. */
    protected abstract void interrupted();
}
