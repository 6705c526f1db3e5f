package dev.fanfare.protocols.delta;

/** Where a copy may begin and end. */
enum Boundaries {
    /** Anywhere. */
    BYTES {
        @Override
        Match within(byte[] target, Match match) {
            return match;
        }
    },
    /**
     * Where characters of UTF-8 begin, so that what stands between the copies is whole characters.
     */
    CHARACTERS {
        @Override
        Match within(byte[] target, Match match) {
            int start = match.at();
            int end = match.end();
            while (start < end && start - match.at() < LONGEST_REST && continues(target, start)) {
                start++;
            }
            while (end > start && match.end() - end < LONGEST_REST && continues(target, end)) {
                end--;
            }
            return match.part(start, end);
        }
    };

    /** A character of UTF-8 has at most so many bytes after its first. */
    private static final int LONGEST_REST = 3;

    /** The largest part of the match that these boundaries allow, perhaps nothing. */
    abstract Match within(byte[] target, Match match);

    private static boolean continues(byte[] target, int at) {
        return at < target.length && (target[at] & 0xC0) == 0x80;
    }
}
