package dev.fanfare.ably.rest;

import static java.util.concurrent.CompletableFuture.completedFuture;

import dev.fanfare.ably.access.Denied;
import dev.fanfare.ably.app.Sandbox;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** {@code /apps}: applications for tests, for anybody who asks. */
final class SandboxApps {
    private final Sandbox sandbox;

    SandboxApps(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    CompletionStage<Reply> create(Ask ask) throws Denied {
        var body = ask.body();
        if (body != null && !(body instanceof Map)) {
            throw Errors.bad("body", "no object", "an object, or nothing");
        }
        return completedFuture(
                Reply.created(sandbox.create(body instanceof Map<?, ?> app ? app : Map.of())));
    }

    CompletionStage<Reply> delete(Call call) throws Denied {
        sandbox.delete(call.ask().variables().getFirst(), call.access());
        return completedFuture(Reply.done());
    }
}
