package dev.fanfare.protocols.delta;

/**
 * Bytes that base and target have in common.
 *
 * @param at where they begin in the target
 * @param offset where they begin in the base
 */
record Match(int at, int offset, int length) {
    static final Match NONE = new Match(0, 0, 0);

    int end() {
        return at + length;
    }

    /** What of it lies in this part of the target. */
    Match part(int start, int end) {
        return new Match(start, offset + start - at, end - start);
    }

    /** Whether to copy it takes fewer bytes than to insert it would. */
    boolean pays(int inserted) {
        int copy = Digits.count(length) + Digits.count(offset) + 2;
        int insert = Digits.count(inserted) + 1;
        return length > copy + insert;
    }
}
