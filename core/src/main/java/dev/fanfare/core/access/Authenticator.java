package dev.fanfare.core.access;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Tells from a token who somebody is. Does not block; the stage may complete on any thread. */
public interface Authenticator {
    /** Where no token is wanted. */
    Authenticator NONE =
            token ->
                    CompletableFuture.completedFuture(
                            new Authentication.Invalid("token: one more (expected: none)"));

    CompletionStage<Authentication> authenticate(String token);
}
