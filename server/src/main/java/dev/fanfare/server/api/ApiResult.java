package dev.fanfare.server.api;

import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.server.cluster.NodeReport;
import java.util.List;
import java.util.Map;

/** What a call is answered. */
sealed interface ApiResult {
    /** Done, and there is nothing to tell. */
    record Done() implements ApiResult {}

    /**
     * @param position told where it is known
     */
    record Published(StreamPosition position) implements ApiResult {}

    /** One result for each channel, in order. */
    record Broadcasted(List<ApiResult> responses) implements ApiResult {
        public Broadcasted {
            responses = List.copyOf(responses);
        }
    }

    /** By client id. */
    record Presence(Map<String, ClientInfo> members) implements ApiResult {}

    record PresenceStats(int clients, int users) implements ApiResult {}

    record History(dev.fanfare.core.model.History history) implements ApiResult {}

    /** How many subscribers each has. */
    record Channels(Map<String, Integer> clients) implements ApiResult {}

    record Nodes(List<NodeReport> nodes) implements ApiResult {
        public Nodes {
            nodes = List.copyOf(nodes);
        }
    }

    record Failed(ApiError error) implements ApiResult {}
}
