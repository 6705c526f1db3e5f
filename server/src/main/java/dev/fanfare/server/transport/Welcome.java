package dev.fanfare.server.transport;

import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.protocol.FrameEncoder;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.core.session.Wish;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** How one guest is welcomed. Lives on the guest's event loop. */
interface Welcome {
    /** The channels it is to have from the beginning. */
    List<Wish> wishes();

    /** How it is talked to, if not in quite the same way as others. */
    default FrameEncoder encoder(FrameEncoder shared) {
        return shared;
    }

    /**
     * What it hears first, asked for once its channels are subscribed. The stage may complete on
     * any thread.
     */
    CompletionStage<List<Push.Message>> words(ClientInfo client);
}
