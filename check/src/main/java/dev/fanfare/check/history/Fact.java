package dev.fanfare.check.history;

/** What can happen in a run. */
public sealed interface Fact permits Publish, Connection, Subscription, Presence, Command, Fault {}
