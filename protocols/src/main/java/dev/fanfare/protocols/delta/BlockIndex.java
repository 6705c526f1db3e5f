package dev.fanfare.protocols.delta;

import java.util.Arrays;

/**
 * Where in the base which block of {@link RollingHash#BLOCK} bytes stands. One stands after the
 * other, and the last ends where the base ends, so that a common end is found. Whether a block is
 * really the same, the caller looks. Takes eight bytes a block.
 */
final class BlockIndex {
    static final int NONE = -1;

    private static final int SCATTER = 0x9E3779B1; // 2^32 divided by the golden ratio, odd

    private final int end;
    private final int[] first;
    private final int[] next;
    private final int shift;

    /**
     * Of the blocks that may have a hash, the foremost is the first to be found.
     *
     * @param base at least one block
     */
    BlockIndex(byte[] base) {
        end = base.length - RollingHash.BLOCK;
        int blocks = (base.length + RollingHash.BLOCK - 1) / RollingHash.BLOCK;
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(blocks);
        shift = Integer.SIZE - bits;
        first = new int[1 << bits];
        next = new int[blocks];
        Arrays.fill(first, NONE);
        for (int block = blocks - 1; block >= 0; block--) {
            int slot = slot(new RollingHash(base, offset(block)).value());
            next[block] = first[slot];
            first[slot] = block;
        }
    }

    /** The first block that may have this hash; {@link #NONE} when none has. */
    int first(int hash) {
        return first[slot(hash)];
    }

    int next(int block) {
        return next[block];
    }

    /** Where the block stands. */
    int offset(int block) {
        return Math.min(block * RollingHash.BLOCK, end);
    }

    private int slot(int hash) {
        return (hash * SCATTER) >>> shift;
    }
}
