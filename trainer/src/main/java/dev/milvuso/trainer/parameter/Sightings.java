package dev.milvuso.trainer.parameter;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/**
 * Counts how often ids were seen that have no row yet, so that one is made only for those seen often enough (the filter
 * of Monolith: Liu et al., arXiv 2209.07663, 2.2.1): a count-min sketch with conservative update (Estan and Varghese,
 * ACM TOCS 21, 2003), 8 MiB. It never counts too little; it halves all counts after each million sightings, so that
 * those of long ago are forgotten. Not for several threads.
 */
public final class Sightings {
    /** Bytes of a part. */
    public static final int PART = 1 << 16;

    private static final int COUNTERS = 1 << 23;
    private static final int PLACES = 4;
    private static final int HALVED_AFTER = 1 << 20;

    private final int needed;
    private final byte[] counts;
    private final BitSet changed = new BitSet();
    private IdBytes hashes;
    private int sinceHalved;

    /**
     * @param needed how often an id must have been seen, 1 to 100; 1 counts nothing
     * @param key of the hashes, which nobody should know
     */
    public Sightings(int needed, long key) {
        this.needed = needed;
        this.hashes = new IdBytes(key);
        this.counts = new byte[needed == 1 ? 0 : COUNTERS];
        changed.set(0, parts());
    }

    /** Counts a sighting; whether there have been enough, this one among them. */
    public boolean seen(String id) {
        if (needed == 1) {
            return true;
        }
        long hash = hashes.hash(id.getBytes(StandardCharsets.UTF_8));
        int least = Byte.MAX_VALUE;
        for (int n = 0; n < PLACES; n++) {
            least = Math.min(least, counts[place(hash, n)]);
        }
        for (int n = 0; n < PLACES; n++) {
            int place = place(hash, n);
            if (counts[place] == least && least < Byte.MAX_VALUE) {
                counts[place]++;
                changed.set(place / PART);
            }
        }
        if (++sinceHalved == HALVED_AFTER) {
            halve();
        }
        return least + 1 >= needed;
    }

    /** As in Kirsch and Mitzenmacher, "Less hashing, same performance": two hashes make any number of them. */
    private static int place(long hash, int n) {
        return (int) (hash + n * ((hash >>> Integer.SIZE) | 1)) & (COUNTERS - 1);
    }

    private void halve() {
        sinceHalved = 0;
        for (int i = 0; i < counts.length; i++) {
            counts[i] >>= 1;
        }
        changed.set(0, parts());
    }

    /** From now on every part counts as changed. */
    public void changeAll() {
        changed.set(0, parts());
    }

    public int parts() {
        return counts.length / PART;
    }

    /** The parts that changed since they were {@link #kept}. */
    public BitSet changed() {
        return changed;
    }

    public void kept() {
        changed.clear();
    }

    /** A copy of a part. */
    public ByteBuffer part(int number) {
        ByteBuffer copy = ByteBuffer.allocate(PART);
        return copy.put(counts, number * PART, PART).flip();
    }

    public void write(DataOutput out) throws IOException {
        out.writeInt(parts());
        out.writeLong(hashes.key());
        out.writeInt(sinceHalved);
    }

    /** Takes the key that the counts were written with; the parts written, 0 if nothing was counted. */
    public int read(DataInput in) throws IOException {
        int parts = in.readInt();
        long key = in.readLong();
        int since = in.readInt();
        if (parts == parts()) {
            hashes = new IdBytes(key);
            sinceHalved = since;
        }
        return parts;
    }

    /** Takes a part over, if anything is counted at all. */
    public void restore(int number, ByteBuffer part) throws IOException {
        if (part.remaining() != PART) {
            throw new IOException("a part of the sightings has " + part.remaining() + " bytes, must have " + PART);
        }
        if (number < parts()) {
            part.get(counts, number * PART, PART);
            changed.clear(number);
        }
    }
}
