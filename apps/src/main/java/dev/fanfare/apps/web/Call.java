package dev.fanfare.apps.web;

import java.util.Optional;

/** One request. */
public interface Call {
    /**
     * @throws IllegalStateException on a route for anyone, and where a backend asks
     */
    User user();

    /** Whether it comes with a key of the server's API, from nobody in particular. */
    default boolean isBackend() {
        return false;
    }

    /**
     * What stands in the path where the route has the name in braces.
     *
     * @throws Refused where that is no text
     */
    String variable(String name);

    /** The first value of a parameter. */
    Optional<String> query(String name);

    Optional<String> header(String name);

    /** Empty where there is none. */
    byte[] body();

    /** Where the request comes from. */
    String address();
}
