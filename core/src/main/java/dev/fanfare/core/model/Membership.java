package dev.fanfare.core.model;

/** That somebody has come to a channel, has changed there, or has left it. */
public sealed interface Membership {
    ClientInfo client();

    record Joined(ClientInfo client) implements Membership {}

    record Left(ClientInfo client) implements Membership {}

    /** A member has something new to say about itself. */
    record Updated(ClientInfo client) implements Membership {}
}
