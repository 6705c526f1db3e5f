package dev.fanfare.core.channel;

/** What a client may want to do on a channel; the catalogue has a rule for each. */
public enum Action {
    SUBSCRIBE,
    PUBLISH,
    PRESENCE,
    HISTORY
}
