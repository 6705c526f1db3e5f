package dev.fanfare.core.channel;

import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Refusal;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether channels carry what is to be published. Any thread. */
final class DraftCheck {
    private final Catalogue catalogue;

    DraftCheck(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Null when they do. */
    @Nullable Refusal refusal(ChannelRules rules, Draft draft) {
        var refusal = rules.content().format().check(draft.payload());
        return refusal == null ? checkEvent(rules.events(), draft) : refusal;
    }

    private @Nullable Refusal checkEvent(Map<String, EventContract> events, Draft draft) {
        if (events.isEmpty()) {
            return null;
        }
        var name = draft.event();
        if (name == null) {
            return new Refusal(ErrorCode.UNKNOWN_EVENT, "payload.type", "nothing", oneOf(events));
        }
        var contract = events.get(name);
        if (contract != null) {
            return contract.schema().check(draft.payload());
        }
        return catalogue.knowsEvent(name)
                ? new Refusal(ErrorCode.EVENT_NOT_CARRIED, "payload.type", name, oneOf(events))
                : new Refusal(ErrorCode.UNKNOWN_EVENT, "payload.type", name, oneOf(events));
    }

    private static String oneOf(Map<String, EventContract> events) {
        return events.keySet().stream()
                .sorted()
                .collect(Collectors.joining(", ", "an event of this channel: ", ""));
    }
}
