package dev.fanfare.brokers.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What Redis does with the members of channels that share one tag. It keeps a hash of members for
 * each channel, and sorted sets of entries (channel and client): {@code due}, by when they expire,
 * and {@code gone}, by when it is forgotten that they have. Any thread.
 */
final class PresenceScripts {
    /** A client's place in a channel. */
    record Seat(Channel channel, String client) {
        /** The last zero byte parts them: client ids have none. */
        byte[] entry() {
            return bytes(channel.name() + '\0' + client);
        }
    }

    record Member(Channel channel, ClientInfo info) {
        Seat seat() {
            return new Seat(channel, info.client());
        }
    }

    /**
     * What has come of looking for members that have expired.
     *
     * @param generation of the primary
     * @param next milliseconds until the next may expire; −1: nobody
     */
    record Reaped(String generation, long next, List<Member> expired) {}

    /** So many members at once: a script must not keep Redis from others for long. */
    static final int MOST = 250;

    private static final Script PUT = Script.named("presence-put");
    private static final Script REFRESH = Script.named("presence-refresh");
    private static final Script REMOVE = Script.named("presence-remove");
    private static final Script MEMBERS = Script.named("presence-members");
    private static final Script REAP = Script.named("presence-reap");

    private static final int VERSION = 1;
    private static final int USUAL_SIZE = 100;

    private final Servers servers;
    private final Keys.Place place;
    private final PresenceTerms terms;
    private final String due;
    private final String gone;
    private final String state;
    private final String base;

    PresenceScripts(Servers servers, Keys.Place place, PresenceTerms terms) {
        this.servers = servers;
        this.place = place;
        this.terms = terms;
        due = place.key("due");
        gone = place.key("gone");
        state = place.key("state");
        base = place.key("in:");
    }

    /**
     * @param known whether this node has spoken for them before
     * @return for each whether it had expired, and has now returned
     */
    CompletionStage<List<Boolean>> put(List<Member> members, boolean known) {
        var arguments = arguments(terms.timeToLive().toMillis());
        for (var member : members) {
            arguments.add(member.seat().entry());
            arguments.add(bytes(known ? 1 : 0));
            arguments.add(encoded(member.info()));
        }
        return run(PUT, List.of(due, gone), arguments).thenApply(PresenceScripts::flags);
    }

    /**
     * @return those that are not there
     */
    CompletionStage<List<Seat>> refresh(List<Seat> seats) {
        var arguments = arguments(terms.timeToLive().toMillis());
        seats.forEach(seat -> arguments.add(seat.entry()));
        return run(REFRESH, List.of(due), arguments)
                .thenApply(
                        missing ->
                                missing.stream()
                                        .map(place -> seats.get(((Long) place).intValue() - 1))
                                        .toList());
    }

    /**
     * @return for each false where it had expired, and some node has been told
     */
    CompletionStage<List<Boolean>> remove(List<Seat> seats) {
        var arguments = arguments();
        seats.forEach(seat -> arguments.add(seat.entry()));
        return run(REMOVE, List.of(due, gone), arguments).thenApply(PresenceScripts::flags);
    }

    CompletionStage<List<ClientInfo>> members(Channel channel) {
        return run(MEMBERS, List.of(base + channel.name(), due, state), list(bytes(channel.name())))
                .thenApply(answer -> answer.stream().map(PresenceScripts::decoded).toList());
    }

    /**
     * Takes out at most {@link #MOST} members whose time is over.
     *
     * @param survived whether this node lived all the time that nobody came by, if nobody did
     */
    CompletionStage<Reaped> reap(boolean survived) {
        var arguments =
                arguments(
                        terms.timeToLive().toMillis(),
                        terms.outage().toMillis(),
                        survived ? 1 : 0,
                        MOST,
                        PresenceTerms.MEMORY.toMillis());
        return run(REAP, List.of(due, gone, state), arguments).thenApply(PresenceScripts::reaped);
    }

    private static Reaped reaped(List<Object> answer) {
        var expired = new ArrayList<Member>();
        for (int at = 2; at < answer.size(); at += 2) {
            var entry = text(answer.get(at));
            var channel = new Channel(entry.substring(0, entry.lastIndexOf('\0')));
            expired.add(new Member(channel, decoded(answer.get(at + 1))));
        }
        return new Reaped(text(answer.getFirst()), (Long) answer.get(1), expired);
    }

    private CompletionStage<List<Object>> run(
            Script script, List<String> keys, List<byte[]> arguments) {
        return servers.run(place.tag(), script, keys, arguments);
    }

    private List<byte[]> arguments(long... numbers) {
        var arguments = list(bytes(base));
        for (long number : numbers) {
            arguments.add(bytes(number));
        }
        return arguments;
    }

    private static List<byte[]> list(byte[] first) {
        var list = new ArrayList<byte[]>();
        list.add(first);
        return list;
    }

    private static byte[] bytes(long number) {
        return bytes(Long.toString(number));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, UTF_8);
    }

    private static List<Boolean> flags(List<Object> answer) {
        return answer.stream().map(flag -> flag.equals(1L)).toList();
    }

    private static byte[] encoded(ClientInfo member) {
        return new ByteWriter(USUAL_SIZE).octet(VERSION).client(member).toBytes();
    }

    private static ClientInfo decoded(Object bytes) {
        var reader = new ByteReader((byte[]) bytes, 0);
        int version = reader.octet();
        if (version != VERSION) {
            throw reader.wrong("member: version " + version + " (expected: " + VERSION + ")");
        }
        var member = reader.client();
        reader.end();
        return member;
    }
}
