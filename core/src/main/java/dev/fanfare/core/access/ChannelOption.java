package dev.fanfare.core.access;

/** What a token can set differently for its holder's subscription to one channel. */
public enum ChannelOption {
    /** It is a member that others see. */
    PRESENCE,
    /** Others hear that it comes and goes. */
    JOIN_LEAVE,
    /** It hears who comes and goes, asked or not. */
    FORCE_PUSH_JOIN_LEAVE,
    /** It is told when it has missed something, asked or not. */
    FORCE_POSITIONING,
    /** It can continue where it leaves off, asked or not. */
    FORCE_RECOVERY
}
