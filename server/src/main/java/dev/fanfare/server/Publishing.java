package dev.fanfare.server;

import dev.fanfare.server.config.ServerConfig.Publish;
import dev.fanfare.server.publish.PublishLimits;

/** What holds for backends' publications, by whichever way they come. */
final class Publishing {
    private Publishing() {}

    static PublishLimits limits(Publish publish) {
        return new PublishLimits(publish.bodyLimit(), publish.payloadLimit(), publish.batchLimit());
    }
}
