package dev.milvuso.trainer.online;

import dev.milvuso.trainer.parameter.PartImage;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Remembers the last ids seen, as 128-bit hashes in a ring with an open-addressing index: 24 bytes an id. Two ids of a
 * million share a hash with a probability of about 10⁻²⁷. Not for several threads.
 */
final class RecentIds {
    private static final int EMPTY = -1;
    private static final long HIGH_BASIS = 0x9e3779b97f4a7c15L;
    private static final long LOW_BASIS = 0xc2b2ae3d27d4eb4fL;

    private final Ring ring;
    private long[] high = new long[1024];
    private long[] low = new long[1024];
    private int[] index = new int[4096];

    RecentIds(int capacity) {
        ring = new Ring(capacity);
        Arrays.fill(index, EMPTY);
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
            remove(next);
        } else {
            grow(ring.size() + 1);
        }
        high[next] = h;
        low[next] = l;
        insert(next);
        ring.added();
        return true;
    }

    private void grow(int size) {
        if (size > high.length) {
            int length = (int) Math.min(ring.capacity(), Math.max(size, high.length * 2L));
            high = Arrays.copyOf(high, length);
            low = Arrays.copyOf(low, length);
        }
        if (size * 2L > index.length) {
            index = new int[Integer.highestOneBit(size) * 4];
            Arrays.fill(index, EMPTY);
            for (int entry = 0; entry < ring.size(); entry++) {
                insert(entry);
            }
        }
    }

    private int home(long h) {
        return (int) (h >>> 32) & (index.length - 1);
    }

    private void insert(int entry) {
        int at = home(high[entry]);
        while (index[at] != EMPTY) {
            at = (at + 1) & (index.length - 1);
        }
        index[at] = entry;
    }

    /** The place in the index, or -1. */
    private int find(long h, long l) {
        for (int at = home(h); index[at] != EMPTY; at = (at + 1) & (index.length - 1)) {
            if (high[index[at]] == h && low[index[at]] == l) {
                return at;
            }
        }
        return -1;
    }

    /**
     * Closes the gap by moving entries that had to go past it (Knuth, The Art of Computer Programming 3, 6.4, algorithm
     * R).
     */
    private void remove(int entry) {
        int gap = find(high[entry], low[entry]);
        index[gap] = EMPTY;
        int mask = index.length - 1;
        for (int at = (gap + 1) & mask; index[at] != EMPTY; at = (at + 1) & mask) {
            int home = home(high[index[at]]);
            if (((at - home) & mask) >= ((at - gap) & mask)) {
                index[gap] = index[at];
                index[at] = EMPTY;
                gap = at;
            }
        }
    }

    PartImage image() {
        return ring.image(
                2 * Long.BYTES, (entry, out) -> out.putLong(high[entry]).putLong(low[entry]));
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
        all.grow(written.size());
        all.ring.takeOver(written);
        written.read(parts, (entry, bytes) -> {
            all.high[entry] = bytes.getLong();
            all.low[entry] = bytes.getLong();
        });
        for (int n = 0; n < written.size(); n++) {
            int entry = written.oldest(n);
            if (all == this) {
                insert(entry);
            } else {
                add(all.high[entry], all.low[entry]);
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
