package dev.fanfare.ably.realtime;

import dev.fanfare.ably.access.Denied;
import dev.fanfare.protocols.ably.ChannelName;
import dev.fanfare.protocols.ably.Flag;
import dev.fanfare.protocols.ably.Incoming;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a client asks for with ATTACH.
 *
 * @param modes as bits; see {@link Flag}
 * @param params those that mean something to us
 */
record AttachRequest(ChannelName name, long modes, Map<String, String> params, Start start) {
    private static final String MODES = "modes";
    private static final String DELTA = "delta";
    private static final Set<String> KNOWN = Set.of(MODES, Rewind.PARAM, Rewind.LIMIT);

    /** The only form of differences that there is: it may be asked for, and is not used. */
    private static final String VCDIFF = "vcdiff";

    AttachRequest {
        params = Map.copyOf(params);
    }

    /**
     * @param mostRewound see {@link Rewind}
     */
    static AttachRequest of(Incoming.Attach attach, ChannelName name, int mostRewound)
            throws Denied {
        var params = new HashMap<>(name.params());
        params.putAll(attach.params());
        params.entrySet().removeIf(param -> !isKnown(param.getKey(), param.getValue()));
        var modes = Modes.asked(params.get(MODES), attach.flags());
        return new AttachRequest(name, modes, params, start(attach, params, mostRewound));
    }

    private static boolean isKnown(String param, String value) {
        return KNOWN.contains(param) || (param.equals(DELTA) && value.equals(VCDIFF));
    }

    private static Start start(Incoming.Attach attach, Map<String, String> params, int mostRewound)
            throws Denied {
        var rewind = Rewind.of(params, mostRewound);
        if (attach.channelSerial() != null) {
            return Start.after(attach.channelSerial());
        }
        boolean again = (attach.flags() & Flag.ATTACH_RESUME) != 0;
        return rewind == null || again ? new Start.Now() : new Start.Back(rewind);
    }
}
