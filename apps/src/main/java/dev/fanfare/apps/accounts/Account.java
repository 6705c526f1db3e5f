package dev.fanfare.apps.accounts;

/** Somebody who can sign in. */
public record Account(long id, Username username, Role role) {}
