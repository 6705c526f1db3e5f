package dev.fanfare.brokers.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.Membership;
import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;

/**
 * Notes are what comes on a channel's topic; its log keeps publications in the same form. The first
 * byte says what it is. A publication goes on with four words, which a script can write: offset,
 * seconds and microseconds of its time, and epoch; then the message. Without a position the offset
 * is 0 and the epoch empty. A membership goes on with the version of its form and the client.
 *
 * <p>What cannot be read is an {@link IllegalArgumentException} that says where and why.
 */
final class NoteCodec {
    private static final int PUBLICATION = 'P';
    private static final int JOINED = 'J';
    private static final int LEFT = 'L';
    private static final int UPDATED = 'U';

    private static final int VERSION = 1;
    private static final int MOST_BYTES_OF_A_MEMBER = 200;

    private NoteCodec() {}

    /**
     * One without a position.
     *
     * @param time in milliseconds since 1970
     */
    static byte[] encode(Message message, long time) {
        var head = "P0 " + time / 1000 + " " + time % 1000 * 1000 + "  ";
        var bytes = MessageCodec.encode(message);
        return new ByteWriter(head.length() + bytes.length)
                .raw(head.getBytes(ISO_8859_1))
                .raw(bytes)
                .toBytes();
    }

    static byte[] encode(Membership membership) {
        int kind =
                switch (membership) {
                    case Membership.Joined(var _) -> JOINED;
                    case Membership.Left(var _) -> LEFT;
                    case Membership.Updated(var _) -> UPDATED;
                };
        return new ByteWriter(MOST_BYTES_OF_A_MEMBER)
                .octet(kind)
                .octet(VERSION)
                .client(membership.client())
                .toBytes();
    }

    static boolean isPublication(byte[] note) {
        return note.length > 0 && note[0] == PUBLICATION;
    }

    /**
     * @param epoch the likely one: it takes no memory again
     */
    static Publication publication(Channel channel, byte[] note, String epoch) {
        var words = new Words(note);
        if (!isPublication(note)) {
            throw words.wrong("note: no publication");
        }
        long offset = words.number();
        long time = words.number() * 1000 + words.number() / 1000;
        var named = words.word(epoch);
        var position = named.isEmpty() ? StreamPosition.NONE : new StreamPosition(named, offset);
        return new Publication(channel, position, time, MessageCodec.decode(note, words.at));
    }

    static Membership membership(byte[] note) {
        var reader = new ByteReader(note, 0);
        int kind = reader.octet();
        int version = reader.octet();
        if (version != VERSION || (kind != JOINED && kind != LEFT && kind != UPDATED)) {
            throw reader.wrong(
                    "note: kind %d, version %d (expected: 74, 76 or 85, version 1)"
                            .formatted(kind, version));
        }
        var client = reader.client();
        reader.end();
        if (kind == UPDATED) {
            return new Membership.Updated(client);
        }
        return kind == JOINED ? new Membership.Joined(client) : new Membership.Left(client);
    }

    /** The words after the first byte, each with a space behind it. */
    private static final class Words {
        private final byte[] note;
        private int at = 1;

        Words(byte[] note) {
            this.note = note;
        }

        long number() {
            long value = 0;
            for (; at < note.length && note[at] != ' '; at++) {
                int digit = note[at] - '0';
                if (digit < 0 || digit > 9 || value > Long.MAX_VALUE / 10 - 1) {
                    throw wrong("note: no number");
                }
                value = value * 10 + digit;
            }
            pass();
            return value;
        }

        String word(String likely) {
            int from = at;
            while (at < note.length && note[at] != ' ') {
                at++;
            }
            int length = at - from;
            pass();
            return isAt(from, length, likely) ? likely : new String(note, from, length, ISO_8859_1);
        }

        private boolean isAt(int from, int length, String likely) {
            boolean same = length == likely.length();
            for (int index = 0; same && index < length; index++) {
                same = note[from + index] == likely.charAt(index);
            }
            return same;
        }

        private void pass() {
            if (at >= note.length) {
                throw wrong("note: ends too early");
            }
            at++;
        }

        IllegalArgumentException wrong(String what) {
            return new IllegalArgumentException(
                    "%s at byte %d of %d".formatted(what, at, note.length));
        }
    }
}
