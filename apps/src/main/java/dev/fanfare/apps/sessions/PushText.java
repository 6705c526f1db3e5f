package dev.fanfare.apps.sessions;

/** What a device shows. */
public record PushText(String title, String body) {}
