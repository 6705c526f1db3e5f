package dev.fanfare.server.application;

import dev.fanfare.apps.sessions.Presence;
import dev.fanfare.core.channel.Channels;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is there on this server's channels, and those of nodes it shares an engine with. */
public record ChannelPresence(Channels channels) implements Presence {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelPresence.class);

    /** Then it counts as unknown. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Override
    public State of(String channel, String user) {
        var resolved = channels.find(channel);
        if (resolved == null || !resolved.rules().presence()) {
            LOG.warn("channel {}: nobody keeps who is present there", channel);
            return State.UNKNOWN;
        }
        try {
            var members =
                    channels.members(resolved)
                            .toCompletableFuture()
                            .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return members.values().stream().anyMatch(member -> member.user().equals(user))
                    ? State.PRESENT
                    : State.ABSENT;
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("channel {}: nobody knows who is present: {}", channel, e.toString());
            return State.UNKNOWN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return State.UNKNOWN;
        }
    }
}
