package dev.fanfare.core.model;

/** That somebody has come to a channel, or has left it. */
public sealed interface Membership {
    ClientInfo client();

    record Joined(ClientInfo client) implements Membership {}

    record Left(ClientInfo client) implements Membership {}
}
