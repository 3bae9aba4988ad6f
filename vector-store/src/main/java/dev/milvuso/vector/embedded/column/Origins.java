package dev.milvuso.vector.embedded.column;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which partition each row is in, and when it was written. Any number of threads may read it while nobody writes. */
public final class Origins {
    private final List<String> partitions = new ArrayList<>();
    private final IntPages numbers = new IntPages();
    private final LongPages times = new LongPages();
    private final boolean isTimed;

    /** @param isTimed whether it matters when rows were written; else it is 0 of each */
    public Origins(boolean isTimed) {
        this.isTimed = isTimed;
    }

    /** @param written in milliseconds since 1970 */
    public void put(int slot, String partition, long written) {
        int number = partitions.indexOf(partition);
        if (number < 0) {
            number = partitions.size();
            partitions.add(partition);
        }
        // Of a table with one partition nothing is kept.
        if (number > 0 || numbers.get(slot) != 0) {
            numbers.set(slot, number);
        }
        if (isTimed) {
            times.set(slot, written);
        }
    }

    /** Of memory. */
    public long bytes() {
        return numbers.bytes() + times.bytes();
    }

    /** Of a slot that holds a row. */
    public String partition(int slot) {
        return partitions.get((int) numbers.get(slot));
    }

    public long written(int slot) {
        return times.get(slot);
    }

    /** Whether rows are in one of these partitions. It stays right while rows are written. */
    public RowTest in(Set<String> wanted) {
        return slot -> wanted.contains(partition(slot));
    }

    /** Whether rows were written after a time. */
    public RowTest after(long time) {
        return slot -> times.get(slot) > time;
    }
}
