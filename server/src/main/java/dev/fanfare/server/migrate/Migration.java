package dev.fanfare.server.migrate;

import java.util.List;

/**
 * The configuration of another server, told in our words.
 *
 * @param configuration a file that a server can be started with
 * @param remarks on what could not be carried over, and on what is dangerous; one line each
 */
public record Migration(String configuration, List<String> remarks) {
    private static final String OLD =
            "no key of Centrifugo 6; if it is one of an older version, convert the file for"
                    + " version 6 first";

    public Migration {
        remarks = List.copyOf(remarks);
    }

    /** Of Centrifugo, version 6. */
    public static Migration ofCentrifugo(String text) throws UnreadableConfiguration {
        var report = new Report();
        var source = new Source("", SourceText.read(text), report);
        var out = new Lines();
        out.comment(
                """
                Made by `fanfare migrate centrifugo`. What could not be carried over it has told on
                standard error; what each key means stands in docs/configuration.md.\
                """);
        var visitors = Visitors.read(source.group("client"));
        new Listening(source, out).write();
        new TokenKeys(source.group("client"), out).write();
        new Limits(source, out).write();
        new Running(source, out).write();
        new Endpoints(source, visitors, out).write();
        new Channels(source.group("channel"), visitors, out).write();
        NothingLikeIt.report(source);
        source.leftOver().forEach(path -> report.lost(path, OLD));
        return new Migration(out.toString(), report.lines());
    }
}
