package dev.fanfare.core.session;

import static java.util.Objects.requireNonNull;

import dev.fanfare.core.channel.ResolvedChannel;
import dev.fanfare.core.model.ClientInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The channels where one session's client counts as present although it does not listen there.
 * Lives on the session's event loop.
 */
final class Attendance {
    private final Session session;
    private final SessionLoop loop;
    private final List<ResolvedChannel> channels = new ArrayList<>(1);

    Attendance(Session session, SessionLoop loop) {
        this.session = session;
        this.loop = loop;
    }

    /**
     * Others hear that the client has come as soon as they can see it: whoever has seen it hears
     * later that it has left. It is in when it can be seen and that is told.
     *
     * @param names of channels that the catalogue knows
     * @return completes when the client is in; fails when it cannot be said that it is
     */
    CompletionStage<Void> enter(List<String> names) {
        return CompletableFuture.allOf(
                names.stream()
                        .map(name -> requireNonNull(loop.channels().find(name)))
                        .map(channel -> enter(channel, session.client()))
                        .toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<Void> enter(ResolvedChannel channel, ClientInfo client) {
        channels.add(channel);
        return loop.channels().attend(channel, client).toCompletableFuture();
    }

    /**
     * Also where it may have come in although nobody could say so. Nobody stays on anybody's list
     * for having left at a bad moment.
     */
    void leave() {
        channels.forEach(channel -> loop.channels().depart(channel, session.client()));
        channels.clear();
    }
}
