package dev.fanfare.brokers.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Where a tag belongs. The same on every node, and the same forever. */
final class Placement {
    static final int SLOTS = 16_384;

    private Placement() {}

    /**
     * Jump consistent hash (Lamping and Veach, 2014): with one shard more, only the tags that go to
     * it change their place.
     */
    static int shard(String tag, int shards) {
        long key = fingerprint(tag);
        long last = -1;
        long next = 0;
        while (next < shards) {
            last = next;
            key = key * 2862933555777941757L + 1;
            next = (long) ((last + 1) * ((double) (1L << 31) / (double) ((key >>> 33) + 1)));
        }
        return (int) last;
    }

    /** FNV-1a, 64 bits. */
    private static long fingerprint(String tag) {
        long hash = 0xcbf29ce484222325L;
        for (byte each : tag.getBytes(UTF_8)) {
            hash = (hash ^ (each & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }

    /** The slot of a cluster: CRC16 (XMODEM) of the tag, as Redis Cluster's specification says. */
    static int slot(String tag) {
        int crc = 0;
        for (byte each : tag.getBytes(UTF_8)) {
            crc ^= (each & 0xff) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) != 0 ? crc << 1 ^ 0x1021 : crc << 1;
            }
        }
        return (crc & 0xffff) % SLOTS;
    }
}
