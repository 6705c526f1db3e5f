package dev.fanfare.core.hub;

/**
 * Something that frames were queued on, to be flushed once when the shard has nothing more for it.
 */
public interface Outlet {
    void flush();
}
