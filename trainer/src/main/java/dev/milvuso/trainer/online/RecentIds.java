package dev.milvuso.trainer.online;

import dev.milvuso.trainer.parameter.PartImage;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Remembers the last ids seen, as 128-bit hashes in a ring with an open-addressing index: about 24 bytes an id. Two ids
 * of a million share a hash with a probability of about 10⁻²⁷. Not for several threads.
 */
final class RecentIds {
    private static final long HIGH_BASIS = 0x9e3779b97f4a7c15L;
    private static final long LOW_BASIS = 0xc2b2ae3d27d4eb4fL;

    private final Ring ring;
    private final HashIndex index;

    /** In blocks, so that growing copies nothing. */
    private long[][] high = new long[1][];

    private long[][] low = new long[1][];

    RecentIds(int capacity) {
        ring = new Ring(capacity);
        index = new HashIndex(capacity, this::high);
    }

    private long high(int entry) {
        return high[entry / Ring.PART][entry % Ring.PART];
    }

    private long low(int entry) {
        return low[entry / Ring.PART][entry % Ring.PART];
    }

    private void put(int entry, long h, long l) {
        int block = entry / Ring.PART;
        if (block >= high.length) {
            high = Arrays.copyOf(high, 2 * block);
            low = Arrays.copyOf(low, 2 * block);
        }
        if (high[block] == null) {
            high[block] = new long[Ring.PART];
            low[block] = new long[Ring.PART];
        }
        high[block][entry % Ring.PART] = h;
        low[block][entry % Ring.PART] = l;
    }

    boolean contains(String id) {
        return find(hash(id, HIGH_BASIS), hash(id, LOW_BASIS)) >= 0;
    }

    /** Whether the id is new; the oldest one is forgotten when there are too many. */
    boolean add(String id) {
        return add(hash(id, HIGH_BASIS), hash(id, LOW_BASIS));
    }

    private boolean add(long h, long l) {
        if (find(h, l) >= 0) {
            return false;
        }
        int next = ring.next();
        if (ring.isFull()) {
            index.remove(next);
        }
        put(next, h, l);
        index.add(next);
        ring.added();
        return true;
    }

    private int find(long h, long l) {
        return index.find(h, entry -> high(entry) == h && low(entry) == l);
    }

    PartImage image() {
        return ring.image(
                2 * Long.BYTES, (entry, out) -> out.putLong(high(entry)).putLong(low(entry)));
    }

    /** From now on every part counts as changed. */
    void changeAll() {
        ring.changeAll();
    }

    /** From now on these parts count as changed. */
    void change(BitSet parts) {
        ring.change(parts);
    }

    /** Writes what says where in the parts the oldest is. */
    void write(DataOutput out) throws IOException {
        ring.write(out);
    }

    /** Takes what an image held into an empty one; of more than fit, the latest. */
    void restore(DataInput in, Ring.Parts parts) throws IOException {
        Ring written = Ring.read(in);
        RecentIds all = written.capacity() == ring.capacity() ? this : new RecentIds(written.capacity());
        all.ring.takeOver(written);
        written.read(parts, (entry, bytes) -> all.put(entry, bytes.getLong(), bytes.getLong()));
        for (int n = 0; n < written.size(); n++) {
            int entry = written.oldest(n);
            if (all == this) {
                index.add(entry);
            } else {
                add(all.high(entry), all.low(entry));
            }
        }
    }

    /** FNV-1a over the characters from the given basis, then the finalizer of SplittableRandom's mix. */
    private static long hash(String id, long basis) {
        long hash = basis;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }
}
