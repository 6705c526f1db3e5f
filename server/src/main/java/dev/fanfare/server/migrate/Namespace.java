package dev.fanfare.server.migrate;

import java.time.Duration;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** The rules of one namespace's channels. */
final class Namespace {
    /** What holds where a namespace says nothing of its own. */
    record Usual(Duration remember, @Nullable String format) {}

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration YEAR = Duration.ofDays(365);
    private static final int LARGEST_HISTORY = 100_000;

    private final Source from;
    private final Lines out;
    private final Usual usual;

    Namespace(Source from, Lines out, Usual usual) {
        this.from = from;
        this.out = out;
        this.usual = usual;
    }

    /**
     * @param personal whether users have a channel of their own among these
     */
    void write(boolean personal) {
        var type = from.text("subscription_type");
        if (type != null && !type.equals("stream")) {
            from.report()
                    .lost(
                            from.path("subscription_type"),
                            "there are only streams here: nobody may use these channels");
            from.loseAll("its channels are no streams");
            return;
        }
        permissions();
        members();
        history();
        continuity();
        content();
        naming(personal);
    }

    private void permissions() {
        if (from.flag("allow_subscribe_for_client")) {
            out.put(
                    "subscribe",
                    from.flag("allow_subscribe_for_anonymous") ? "everyone" : "signed-in");
        } else {
            from.lose(
                    "allow_subscribe_for_anonymous",
                    "it means nothing without allow_subscribe_for_client");
        }
        rule("publish", "publish");
        rule("presence", "see-presence");
        rule("history", "see-history");
    }

    private void rule(String action, String ours) {
        boolean anonymous = from.flag("allow_" + action + "_for_anonymous");
        var allowed = new ArrayList<String>();
        if (from.flag("allow_" + action + "_for_client")) {
            allowed.add(anonymous ? "everyone" : "signed-in");
        }
        if (from.flag("allow_" + action + "_for_subscriber")) {
            allowed.add(anonymous ? "subscriber" : "signed-in and subscriber");
        }
        if (allowed.isEmpty() && anonymous) {
            from.report()
                    .lost(
                            from.path("allow_" + action + "_for_anonymous"),
                            "it means nothing without _for_client or _for_subscriber");
        }
        if (!allowed.isEmpty()) {
            out.put(ours, allowed.getFirst());
        } else if (!action.equals("publish")) {
            out.put(ours, "nobody");
        }
    }

    private void members() {
        var carrier = new Carrier(out);
        carrier.flag(from, "presence", "presence");
        carrier.flag(from, "join_leave", "join-leave");
        carrier.flag(from, "force_push_join_leave", "push-join-leave");
    }

    private void history() {
        var size = from.number("history_size");
        var age = from.duration("history_ttl");
        var remember = from.duration("history_meta_ttl");
        if (size == null || size <= 0 || age == null || !age.isPositive()) {
            if (remember != null
                    || (size != null && size > 0)
                    || (age != null && age.isPositive())) {
                from.report()
                        .note(from.path("history_size"), "no history without history_ttl and this");
            }
            return;
        }
        var kept = remember == null ? usual.remember() : remember;
        out.raw(
                "history",
                "{ size: %d, age: %s, remember: %s }"
                        .formatted(
                                Carrier.within(from, "history_size", size, 1, LARGEST_HISTORY),
                                time("history_ttl", age),
                                time("history_meta_ttl", kept)));
    }

    private String time(String key, Duration value) {
        return GoDuration.ours(Carrier.within(from, key, value, SECOND, YEAR));
    }

    private void continuity() {
        out.put("positioning", offer("positioning"));
        out.put("recovery", offer("recovery"));
        var mode = from.text("force_recovery_mode");
        boolean cache = "cache".equals(mode);
        if (cache) {
            out.put("recovery-mode", "cache");
        } else if (mode != null && !mode.equals("stream")) {
            from.report().lost(from.path("force_recovery_mode"), "it is neither stream nor cache");
        }
        if (from.flag("auto_cache_recover")) {
            if (cache) {
                out.put("auto-cache-recovery", true);
            } else {
                from.report()
                        .lost(
                                from.path("auto_cache_recover"),
                                "it means nothing without force_recovery_mode cache");
            }
        }
    }

    private String offer(String what) {
        boolean forced = from.flag("force_" + what);
        boolean allowed = from.flag("allow_" + what);
        if (forced) {
            return "forced";
        }
        return allowed ? "allowed" : "off";
    }

    private void content() {
        delta();
        new Carrier(out).flag(from, "allow_tags_filter", "tags-filter");
        var own = from.text("publication_data_format");
        var format = own == null ? usual.format() : own;
        switch (format) {
            case null -> {}
            case "json" -> out.put("payload", "json");
            case "json_object" -> out.put("payload", "json-object");
            case "binary" -> out.put("payload", "anything");
            default ->
                    from.report()
                            .lost(
                                    from.path("publication_data_format"),
                                    "it is none of json, json_object and binary");
        }
    }

    private void delta() {
        boolean all = from.flag("delta_publish");
        var types = from.texts("allowed_delta_types");
        if (types.contains("fossil")) {
            out.put("delta", all ? "always" : "on-request");
        } else if (all || !types.isEmpty()) {
            from.report()
                    .lost(
                            from.path(all ? "delta_publish" : "allowed_delta_types"),
                            "nobody can have deltas but those of fossil, if they are allowed");
        }
    }

    private void naming(boolean personal) {
        boolean limited = from.flag("allow_user_limited_channels");
        if (personal && !limited) {
            from.report()
                    .note(
                            from.path("allow_user_limited_channels"),
                            "is on here, because users have their own channels in it");
        }
        if (limited || personal) {
            out.put("user-limited", true);
        }
        var regex = from.text("channel_regex");
        if (regex == null) {
            return;
        }
        var java = Expression.java(regex);
        if (java == null) {
            from.report()
                    .lost(
                            from.path("channel_regex"),
                            "Java has no such expression: no name is good");
        }
        out.put("name-regex", java == null ? Expression.NOTHING : java);
    }
}
