package dev.fanfare.ably.rest;

import static java.util.concurrent.CompletableFuture.completedFuture;

import dev.fanfare.ably.access.Denied;
import dev.fanfare.ably.access.Judge;
import dev.fanfare.ably.access.RevocationDesk;
import dev.fanfare.ably.access.TokenDesk;
import dev.fanfare.ably.app.Apps;
import dev.fanfare.ably.app.Sandbox;
import dev.fanfare.ably.channel.Refusals;
import dev.fanfare.protocols.ably.ErrorInfo;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests, whatever they ask. Any thread; nothing blocks. */
public final class Rest {
    private static final Logger LOG = LoggerFactory.getLogger(Rest.class);
    private static final int MISTAKE = 50000;

    /**
     * What can be asked.
     *
     * @param path with variables in braces
     */
    public record Route(String method, String path) {}

    /**
     * What the answers come from.
     *
     * @param sandbox null: there are no applications for tests
     * @param messageIds a new, never repeated one for messages without
     */
    public record Sources(
            @Nullable Sandbox sandbox,
            TokenDesk tokens,
            RevocationDesk revocations,
            Connections connections,
            Census census,
            Supplier<String> messageIds,
            InstantSource clock) {}

    private final InstantSource clock;
    private final RouteTable table = new RouteTable();

    public Rest(Apps apps, Judge judge, Sources sources) {
        clock = sources.clock();
        var admission = new Admission(apps, judge);
        var publishing = new Publishing(sources.connections(), sources.messageIds());
        addChannels(admission, publishing, sources.census());
        var tokens = new Tokens(admission, sources.tokens(), sources.revocations());
        table.add("GET", "/time", ask -> completedFuture(Reply.ok(List.of(ask.time()))))
                .add("POST", "/messages", admission.admit(new BatchPublish(publishing)::publish))
                .add("GET", "/presence", admission.admit(PresenceMembers::batch))
                .add("POST", "/keys/{key}/requestToken", tokens::request)
                .add("POST", "/keys/{key}/revokeTokens", tokens::revoke)
                .add("GET", "/stats", admission.admit(Stats::list));
        if (sources.sandbox() != null) {
            addApps(admission, new SandboxApps(sources.sandbox()));
        }
    }

    private void addApps(Admission admission, SandboxApps apps) {
        table.add("POST", "/apps", apps::create)
                .add("DELETE", "/apps/{id}", admission.admit(apps::delete))
                .add("POST", "/stats", admission.admit(Stats::take));
    }

    private void addChannels(Admission admission, Publishing publishing, Census census) {
        var channels = new ChannelDetails(census);
        var messages = new Messages(publishing);
        var channel = "/channels/{channel}";
        table.add("GET", "/channels", admission.admit(channels::list))
                .add("GET", channel, admission.admit(channels::show))
                .add("POST", channel + "/messages", admission.admit(messages::publish))
                .add("GET", channel + "/messages", admission.admit(messages::list))
                .add("GET", channel + "/messages/{serial}", admission.admit(messages::show))
                .add("PATCH", channel + "/messages/{serial}", admission.admit(messages::change))
                .add("GET", channel + "/history", admission.admit(messages::list))
                .add("GET", channel + "/presence", admission.admit(PresenceMembers::list))
                .add("GET", channel + "/presence/history", admission.admit(PresenceHistory::list));
    }

    public List<Route> routes() {
        return table.routes();
    }

    /** Whether a path that begins with this segment is ours. */
    public boolean serves(String segment) {
        return table.hasRoot(segment);
    }

    /** Never fails: errors are answers. */
    public CompletionStage<RestAnswer> answer(RestRequest request) {
        return reply(request)
                .exceptionally(failure -> Writing.error(error(request, failure)))
                .thenApply(reply -> Writing.answer(request, reply));
    }

    /** To what is no request at all. */
    public static RestAnswer refusal(ErrorInfo error) {
        return Writing.refusal(error);
    }

    /** To a request whose body is beyond what is read. */
    public static RestAnswer tooLarge(String detail) {
        return refusal(new ErrorInfo(40009, 413, detail));
    }

    private CompletionStage<Reply> reply(RestRequest request) {
        try {
            var found = table.find(request);
            return found.endpoint().answer(new Ask(request, found.variables(), clock.millis()));
        } catch (Denied | RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static ErrorInfo error(RestRequest request, Throwable failure) {
        var error = Refusals.info(failure);
        if (error.code() == MISTAKE) {
            LOG.error("{} /{} failed", request.method(), String.join("/", request.path()), failure);
        }
        return error;
    }
}
