package dev.fanfare.server.migrate;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The catalogue: one pattern for each namespace, and one for names without any. */
final class Channels {
    private static final Duration MONTH = Duration.ofDays(30);

    private final Source channel;
    private final Visitors visitors;
    private final Lines out;

    Channels(Source channel, Visitors visitors, Lines out) {
        this.channel = channel;
        this.visitors = visitors;
        this.out = out;
    }

    void write() {
        out.section("Channels");
        separators();
        var given = channel.duration("history_meta_ttl");
        var usual =
                new Namespace.Usual(
                        given == null ? MONTH : given, channel.text("publication_data_format"));
        out.list("channels");
        out.item();
        out.put("pattern", "{name}");
        out.raw("variables", "{ name: name }");
        namespace(channel.group("without_namespace"), "", usual);
        var names = new HashSet<String>();
        for (var each : channel.groups("namespaces")) {
            var name = each.text("name");
            var complaint = complaint(name, names);
            if (name == null || complaint != null) {
                each.report().lost(each.path("name"), String.valueOf(complaint));
                each.loseAll("its namespace is not carried over");
            } else {
                names.add(name);
                out.item();
                out.put("pattern", name + ":{rest...}");
                namespace(each, name + ":", usual);
            }
        }
        requirePersonal(names);
    }

    private void namespace(Source from, String prefix, Namespace.Usual usual) {
        new Namespace(from, out, usual).write(visitors.haveOneOf(prefix));
    }

    private void separators() {
        var fixed = "names are divided by $, :, # and the comma here";
        channel.lose("private_prefix", "$", fixed);
        channel.lose("namespace_boundary", ":", fixed);
        channel.lose("user_boundary", "#", fixed);
        channel.lose("user_separator", ",", fixed);
    }

    private static @Nullable String complaint(@Nullable String name, Set<String> others) {
        if (name == null || !name.matches("[A-Za-z0-9_.-]+")) {
            return "no name of a namespace";
        }
        return others.contains(name) ? "a second namespace of this name" : null;
    }

    /** Without it the server would not start. */
    private void requirePersonal(Set<String> names) {
        var personal = visitors.channel();
        if (personal == null || personal.startsWith("#")) {
            return;
        }
        var name = personal.substring(0, personal.indexOf(':'));
        if (!names.contains(name)) {
            out.item();
            out.comment("The namespace of the users' own channels, which was not there.");
            out.put("pattern", name + ":{rest...}");
            out.put("user-limited", true);
        }
    }
}
