package dev.fanfare.check.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.check.history.Position;
import dev.fanfare.check.history.Presence.Member;
import dev.fanfare.check.history.Subscription.Recovery;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is the same for all clients of the compatible protocol, one way or two. */
final class CompatiblePushes {
    private final Witness witness;
    private final Map<String, String> epochs = new HashMap<>();

    CompatiblePushes(Witness witness) {
        this.witness = witness;
    }

    /**
     * @param since where to continue; null: nowhere
     */
    static ObjectNode request(@Nullable Position since) {
        var request = Json.object().put("positioned", true).put("recoverable", true);
        request.put("join_leave", true);
        if (since != null) {
            request.put("recover", true).put("epoch", since.epoch()).put("offset", since.offset());
        }
        return request;
    }

    void subscribed(String channel, @Nullable Position since, JsonNode result) {
        var position = Json.position(result);
        var recovery = recovery(since, result);
        epochs.put(channel, result.path("epoch").asText());
        // who is recovered is told where it stood, not where it stands
        boolean isTop = recovery != Recovery.RECOVERED;
        witness.began(channel, since, isTop ? position : null, recovery);
        for (var publication : result.path("publications")) {
            published(channel, publication);
        }
    }

    void read(JsonNode push) throws IOException {
        var channel = push.path("channel").asText();
        if (push.has("pub")) {
            published(channel, push.path("pub"));
        } else if (push.has("join")) {
            witness.joined(channel, member(push.path("join")));
        } else if (push.has("leave")) {
            witness.left(channel, member(push.path("leave")));
        } else if (push.has("unsubscribe")) {
            witness.unsubscribed(channel, push.path("unsubscribe").path("code").asInt());
        } else if (push.has("disconnect")) {
            var why = push.path("disconnect");
            throw Talk.Ending.told(why.path("code").asInt(), why.path("reason").asText());
        } else {
            throw Talk.Ending.wanted("no use for " + push);
        }
    }

    private void published(String channel, JsonNode publication) {
        var told = publication.path("epoch").asText();
        var epoch = told.isEmpty() ? epochs.getOrDefault(channel, "") : told;
        epochs.put(channel, epoch);
        long offset = publication.path("offset").asLong();
        var position = offset == 0 ? null : new Position(epoch, offset);
        witness.received(channel, Json.message(publication.path("data")), position, null);
    }

    private static Recovery recovery(@Nullable Position since, JsonNode result) {
        if (since == null) {
            return Recovery.NOT_ASKED;
        }
        return result.path("recovered").asBoolean() ? Recovery.RECOVERED : Recovery.LOST;
    }

    private static Member member(JsonNode event) {
        var info = event.path("info");
        return new Member(info.path("user").asText(), info.path("client").asText());
    }
}
