package dev.fanfare.check.history;

import java.util.List;

/** Who is in a channel, as the server says. */
public sealed interface Presence extends Fact {
    String channel();

    /**
     * @param client the id of its connection
     */
    record Member(String user, String client) {}

    /**
     * An answer to who is there.
     *
     * @param asked when, in microseconds since the beginning of the run
     */
    record Read(String node, String channel, List<Member> members, long asked) implements Presence {
        public Read {
            members = List.copyOf(members);
        }
    }

    /** A connection was told that a member has come. */
    record Joined(String connection, String channel, Member member) implements Presence {}

    /** A connection was told that a member has gone. */
    record Left(String connection, String channel, Member member) implements Presence {}
}
