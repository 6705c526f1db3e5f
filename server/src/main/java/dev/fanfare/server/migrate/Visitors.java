package dev.fanfare.server.migrate;

import org.jspecify.annotations.Nullable;

/**
 * Who may come in, at every endpoint alike.
 *
 * @param insecure anybody may, and everything is allowed
 * @param anonymous whoever has no token may
 * @param named whose token names no user may not
 * @param header in which a proxy in front names the user; null: in none
 * @param channel that each user has, where {@code {user}} stands for its id; null: there is none
 * @param newest whether of a user's connections only the newest stays
 */
record Visitors(
        boolean insecure,
        boolean anonymous,
        boolean named,
        @Nullable String header,
        @Nullable String channel,
        boolean newest) {

    /**
     * @param client the keys {@code client.*}
     */
    static Visitors read(Source client) {
        boolean insecure = client.flag("insecure");
        if (insecure) {
            client.report()
                    .warn(
                            client.path("insecure"),
                            "everybody may do everything; leave insecure: true out of the endpoints"
                                    + " before others can reach this server");
        }
        boolean anonymous = client.flag("allow_anonymous_connect_without_token");
        boolean named = client.flag("disallow_anonymous_connection_tokens");
        var header = client.text("user_id_http_header");
        var personal = client.group("subscribe_to_user_personal_channel");
        if (!personal.flag("enabled")) {
            personal.loseAll("users have no channels of their own, for it is not enabled");
            return new Visitors(insecure, anonymous, named, header, null, false);
        }
        var namespace = personal.text("personal_channel_namespace");
        var channel = (namespace == null ? "" : namespace + ":") + "#{user}";
        boolean newest = personal.flag("single_connection");
        return new Visitors(insecure, anonymous, named, header, channel, newest);
    }

    /** Whether the channel that each user has is one of these. */
    boolean haveOneOf(String prefix) {
        return channel != null && channel.equals(prefix + "#{user}");
    }
}
