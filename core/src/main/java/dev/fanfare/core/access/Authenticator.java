package dev.fanfare.core.access;

import java.util.concurrent.CompletionStage;

/** Tells from a token who somebody is. Does not block; the stage may complete on any thread. */
public interface Authenticator {
    CompletionStage<Authentication> authenticate(String token);
}
