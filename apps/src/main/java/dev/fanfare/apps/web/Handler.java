package dev.fanfare.apps.web;

/** What happens on a route. */
@FunctionalInterface
public interface Handler {
    /**
     * Called on a virtual thread of the request's own, so it may wait for the database.
     *
     * @throws Refused what the client is told instead of an answer
     */
    Answer handle(Call call);
}
