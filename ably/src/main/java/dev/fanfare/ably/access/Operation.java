package dev.fanfare.ably.access;

import java.util.Locale;

/** What a capability can allow. */
public enum Operation {
    /** Also to see who is present, and who comes and goes. */
    SUBSCRIBE,
    PUBLISH,
    /** To be present; to see others is {@link #SUBSCRIBE}. */
    PRESENCE,
    HISTORY,
    /** Of the whole application, so on a channel called {@code *}. */
    STATS,
    CHANNEL_METADATA,
    PUSH_SUBSCRIBE,
    PUSH_ADMIN,
    OBJECT_SUBSCRIBE,
    OBJECT_PUBLISH,
    ANNOTATION_SUBSCRIBE,
    ANNOTATION_PUBLISH,
    MESSAGE_UPDATE_OWN,
    MESSAGE_UPDATE_ANY,
    MESSAGE_DELETE_OWN,
    MESSAGE_DELETE_ANY,
    PRIVILEGED_HEADERS;

    /** As the protocol writes it: {@code channel-metadata}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
