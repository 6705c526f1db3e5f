package dev.fanfare.server.transport;

import dev.fanfare.core.session.SessionLoop;
import dev.fanfare.server.transport.Opening.Manner;
import dev.fanfare.server.transport.Opening.Opened;
import io.netty.channel.EventLoop;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Opens sessions for guests: on their event loop, with the channels they want and the greeting of
 * their endpoint, or with a refusal that says why not.
 */
public final class Doorman {
    private final Function<EventLoop, SessionLoop> loops;
    private final Supplier<String> clientIds;
    private final Greeter greeter;

    public Doorman(
            Function<EventLoop, SessionLoop> loops, Supplier<String> clientIds, Greeter greeter) {
        this.loops = loops;
        this.clientIds = clientIds;
        this.greeter = greeter;
    }

    /**
     * @param in gets the session, opened but not started, once nothing published on its channels is
     *     missed
     */
    void open(Guest guest, EventLoop loop, Manner manner, Consumer<Opened> in) {
        var client = guest.identity().client(clientIds.get());
        new Opening(guest, client, loops.apply(loop), task -> run(loop, task), manner, in)
                .begin(greeter.welcome(guest));
    }

    private static void run(EventLoop loop, Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }
}
