package dev.fanfare.protocols.delta;

import java.util.Arrays;

/**
 * Makes one delta, as Fossil's published algorithm does: a window of one block moves over the
 * target; where its hash is known from a block of the base, the match is stretched to both sides,
 * and the longest is copied. What lies between the copies is inserted. Takes time in proportion to
 * base and target, since it looks at a few blocks of a hash and no more.
 */
final class DeltaMaker {
    private static final int MOST_CANDIDATES = 16;
    private static final int ROOM = 64;

    private final byte[] base;
    private final byte[] target;
    private final Boundaries boundaries;
    private final DeltaWriter out = new DeltaWriter(ROOM);

    /** So much of the target stands in the delta. */
    private int told;

    DeltaMaker(byte[] base, byte[] target, Boundaries boundaries) {
        this.base = base;
        this.target = target;
        this.boundaries = boundaries;
    }

    byte[] make() {
        out.begin(target.length);
        if (base.length >= RollingHash.BLOCK && target.length >= RollingHash.BLOCK) {
            tellWithCopies(new BlockIndex(base));
        }
        out.insert(target, told, target.length);
        return out.end(Fossil.checksum(target));
    }

    private void tellWithCopies(BlockIndex index) {
        var window = new RollingHash(target, 0);
        while (true) {
            var match = longest(index, window);
            boolean pays = match.pays(match.at() - told);
            if (pays) {
                tell(match);
            }
            int at = pays ? told : window.at() + 1;
            if (at + RollingHash.BLOCK > target.length) {
                return;
            }
            window.moveTo(at);
        }
    }

    private void tell(Match match) {
        out.insert(target, told, match.at());
        out.copy(match.length(), match.offset());
        told = match.end();
    }

    private Match longest(BlockIndex index, RollingHash window) {
        var longest = Match.NONE;
        int left = MOST_CANDIDATES;
        int block = index.first(window.value());
        while (block != BlockIndex.NONE && left > 0) {
            var match = around(window.at(), index.offset(block));
            if (match.length() > longest.length()) {
                longest = match;
            }
            block = index.next(block);
            left--;
        }
        return longest;
    }

    /** The match that goes through these places, as far as the target is not told yet. */
    private Match around(int at, int offset) {
        int after = Arrays.mismatch(base, offset, base.length, target, at, target.length);
        if (after < 0) {
            after = target.length - at;
        }
        int before = 0;
        int most = Math.min(at - told, offset);
        while (before < most && base[offset - before - 1] == target[at - before - 1]) {
            before++;
        }
        var match = new Match(at - before, offset - before, before + after);
        return boundaries.within(target, match);
    }
}
