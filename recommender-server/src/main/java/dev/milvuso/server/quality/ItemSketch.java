package dev.milvuso.server.quality;

import org.jspecify.annotations.Nullable;

/**
 * Counts distinct items in little memory, however many there are: exactly up to 256, then in 2 KiB by HyperLogLog
 * (Flajolet et al., AofA 2007) with 2048 registers, standard error 2.3 %, and linear counting where few are set, as
 * that paper has it. Not safe for use by many threads.
 */
final class ItemSketch {
    private static final int EXACT = 256;
    private static final int BITS = 11;
    private static final int REGISTERS = 1 << BITS;
    private static final double ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);

    /** A hash table with open addressing, at most half full; 0 is a free place. */
    private long[] hashes = new long[8];

    private int count;
    private byte @Nullable [] registers;

    /** @param hash of an item, its bits evenly spread */
    void add(long hash) {
        if (registers != null) {
            set(registers, hash);
        } else if (put(hash == 0 ? 1 : hash)) {
            grow();
        }
    }

    /** @return whether it was not there before */
    private boolean put(long hash) {
        int mask = hashes.length - 1;
        int place = (int) hash & mask;
        while (hashes[place] != 0) {
            if (hashes[place] == hash) {
                return false;
            }
            place = (place + 1) & mask;
        }
        hashes[place] = hash;
        count++;
        return true;
    }

    private void grow() {
        if (count > EXACT) {
            estimated();
        } else if (2 * count > hashes.length) {
            long[] before = hashes;
            hashes = new long[2 * before.length];
            count = 0;
            addAll(before);
        }
    }

    private void addAll(long[] table) {
        for (long hash : table) {
            if (hash != 0) {
                add(hash);
            }
        }
    }

    /** From here on what was added is no longer known. */
    private byte[] estimated() {
        if (registers == null) {
            registers = new byte[REGISTERS];
            for (long hash : hashes) {
                if (hash != 0) {
                    set(registers, hash);
                }
            }
            hashes = new long[0];
        }
        return registers;
    }

    private static void set(byte[] registers, long hash) {
        int register = (int) (hash >>> (Long.SIZE - BITS));
        // The guard bit bounds the rank where all remaining bits are 0.
        int rank = Long.numberOfLeadingZeros((hash << BITS) | (1L << (BITS - 1))) + 1;
        registers[register] = (byte) Math.max(registers[register], rank);
    }

    void add(ItemSketch other) {
        if (other.registers == null) {
            addAll(other.hashes);
            return;
        }
        byte[] own = estimated();
        for (int i = 0; i < REGISTERS; i++) {
            own[i] = (byte) Math.max(own[i], other.registers[i]);
        }
    }

    /** How many different items were added, about. */
    double count() {
        if (registers == null) {
            return count;
        }
        double harmonic = 0;
        int empty = 0;
        for (byte rank : registers) {
            harmonic += 1.0 / (1L << rank);
            empty += rank == 0 ? 1 : 0;
        }
        double estimate = ALPHA * REGISTERS * REGISTERS / harmonic;
        return estimate <= 2.5 * REGISTERS && empty > 0 ? REGISTERS * Math.log((double) REGISTERS / empty) : estimate;
    }
}
