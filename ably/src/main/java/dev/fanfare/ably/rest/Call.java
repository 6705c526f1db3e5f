package dev.fanfare.ably.rest;

import dev.fanfare.ably.access.Access;
import dev.fanfare.ably.access.Denied;
import dev.fanfare.ably.access.Operation;
import dev.fanfare.ably.app.App;
import dev.fanfare.ably.channel.Author;
import dev.fanfare.core.channel.ResolvedChannel;
import dev.fanfare.protocols.ably.ChannelName;
import org.jspecify.annotations.Nullable;

/** What somebody asks who has shown a good key or token. */
record Call(Ask ask, App app, Access access) {
    Query query() {
        return ask.query();
    }

    /** The first of the path's variables, where the operation is allowed. */
    ResolvedChannel channel(Operation operation) throws Denied {
        return channel(operation, ask.variables().getFirst());
    }

    /**
     * @param written perhaps with a qualifier
     */
    ResolvedChannel channel(Operation operation, String written) throws Denied {
        var name = ChannelName.parse(written);
        if (name == null) {
            throw new Denied(ChannelName.invalid(written));
        }
        if (name.kind() == ChannelName.Kind.META) {
            throw Errors.notFound("channel: " + written);
        }
        return new Author(access, "").channel(app.channels(), operation, name.name());
    }

    /** As whom they act; null: as nobody, or as anybody. */
    @Nullable String clientId() {
        var clientId = access.clientId();
        return Access.ANY.equals(clientId) ? null : clientId;
    }
}
