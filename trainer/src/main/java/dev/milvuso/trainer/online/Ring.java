package dev.milvuso.trainer.online;

import dev.milvuso.trainer.parameter.PartImage;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;

/** The places of a ring, the latest entries in them, and which have changed since its last image. */
final class Ring {
    static final int PART = 4096;

    private final int capacity;
    private final BitSet changed = new BitSet();
    private int size;
    private int next;

    /** @param capacity at least 1 */
    Ring(int capacity) {
        this.capacity = capacity;
    }

    /** Writes an entry, or reads one. */
    interface Entry {
        void at(int place, ByteBuffer bytes);
    }

    /** Gives the parts of an image that was kept. */
    interface Parts {
        ByteBuffer part(int number) throws IOException;
    }

    int size() {
        return size;
    }

    /** Whether the next entry takes the place of the oldest. */
    boolean isFull() {
        return size == capacity;
    }

    /** Where the next entry goes. */
    int next() {
        return next;
    }

    int capacity() {
        return capacity;
    }

    /** An entry has been put where the next one goes. */
    void added() {
        changed.set(next / PART);
        size = Math.max(size, next + 1);
        next = (next + 1) % capacity;
    }

    PartImage image(int entryBytes, Entry entry) {
        int all = size;
        PartImage image = new EagerImage((all + PART - 1) / PART, changed, part -> {
            ByteBuffer out = ByteBuffer.allocate(Math.min(PART, all - part * PART) * entryBytes);
            for (int place = part * PART; out.hasRemaining(); place++) {
                entry.at(place, out);
            }
            return out.flip();
        });
        changed.clear();
        return image;
    }

    /** From now on every part counts as changed. */
    void changeAll() {
        changed.set(0, (size + PART - 1) / PART);
    }

    /** From now on these parts count as changed. */
    void change(BitSet parts) {
        changed.or(parts);
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(capacity);
        out.writeInt(size);
        out.writeInt(next);
    }

    static Ring read(DataInput in) throws IOException {
        Ring ring = new Ring(in.readInt());
        ring.size = in.readInt();
        ring.next = in.readInt();
        if (ring.size < 0 || ring.size > ring.capacity || ring.next < 0 || ring.next > ring.size) {
            throw new IOException("a ring of " + ring.capacity + " with " + ring.size + " entries");
        }
        return ring;
    }

    /** Reads all entries in the order of their places. */
    void read(Parts parts, Entry entry) throws IOException {
        for (int first = 0; first < size; first += PART) {
            ByteBuffer bytes = parts.part(first / PART);
            for (int place = first; place < Math.min(size, first + PART); place++) {
                entry.at(place, bytes);
            }
        }
    }

    /** The place of an entry counted from the oldest. */
    int oldest(int n) {
        return (int) (((isFull() ? next : 0) + (long) n) % capacity);
    }

    /** Takes over what another ring of the same capacity holds in the same places. */
    void takeOver(Ring other) {
        size = other.size;
        next = other.next;
    }
}
