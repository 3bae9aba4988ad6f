package dev.milvuso.trainer.parameter;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Which row belongs to which id, and what else is known of rows besides their numbers. One thread gives ids to rows and
 * takes them away; any number of others look them up meanwhile.
 */
final class RowNames {
    private final IdBytes hashes = new IdBytes(new SplittableRandom().nextLong());
    private final RowIndex index = new RowIndex();
    private final FreeRows free = new FreeRows();
    private final int shift;
    private final int mask;
    private RowMarks[] marks = new RowMarks[0];
    private long idBytes;
    private volatile int size;

    /** @param chunkRows a power of two */
    RowNames(int chunkRows) {
        shift = Integer.numberOfTrailingZeros(chunkRows);
        mask = chunkRows - 1;
    }

    /** Rows there have been. */
    int size() {
        return size;
    }

    /** Rows that have an id. */
    int live() {
        return size - free.count();
    }

    int chunks() {
        return (size + mask) >>> shift;
    }

    /** Whether the next new id needs a chunk more. */
    boolean isFilled() {
        return free.isEmpty() && (size & mask) == 0;
    }

    String id(int row) {
        return chunk(row).ids.text(row & mask);
    }

    boolean isLive(int row) {
        return !chunk(row).ids.isFree(row & mask);
    }

    short generation(int row) {
        return chunk(row).generations[row & mask];
    }

    int lastUsed(int row) {
        return chunk(row).used[row & mask];
    }

    void used(int row, int now) {
        chunk(row).used[row & mask] = now;
    }

    /** What is known of the rows of a row's chunk. */
    RowMarks chunk(int row) {
        return marks[row >>> shift];
    }

    /** What is known of a row. */
    Marks marks(int row) {
        RowMarks chunk = chunk(row);
        int place = row & mask;
        return new Marks(chunk.ids.get(place), chunk.generations[place], chunk.used[place]);
    }

    /** The row of a known id, or -1. */
    int find(byte[] id) {
        return index.find(hashes.hash(id), row -> chunk(row).ids.is(row & mask, id));
    }

    /** The row for the next new id; the caller adds a chunk first if {@link #isFilled}. */
    int take() {
        return free.isEmpty() ? size : free.take();
    }

    void addChunk() {
        addChunk(chunks());
    }

    private void addChunk(int chunk) {
        if (chunk == marks.length) {
            marks = Arrays.copyOf(marks, chunk + chunk / 2 + 4);
        }
        marks[chunk] = new RowMarks(mask + 1);
        idBytes += marks[chunk].ids.size();
    }

    /** Gives a row that was taken its id; nobody finds it before it is {@link #publish published}. */
    void set(int row, byte[] id) {
        RowMarks chunk = chunk(row);
        idBytes -= chunk.ids.size();
        chunk.ids.set(row & mask, id);
        idBytes += chunk.ids.size();
    }

    /** From now on the row is found by its id; it is counted a moment before. */
    void publish(byte[] id, int row) {
        if (row == size) {
            size = row + 1;
        }
        index.add(hashes.hash(id), row);
    }

    /** Takes the row's id away; its place is the next that a new id gets. */
    void free(int row) {
        RowMarks chunk = chunk(row);
        int place = row & mask;
        index.remove(hashes.hash(chunk.ids.get(place)), row);
        chunk.ids.free(place);
        chunk.generations[place]++;
        idBytes -= chunk.ids.size();
        if (chunk.ids.isWasteful()) {
            chunk.ids = chunk.ids.compact();
        }
        idBytes += chunk.ids.size();
        free.add(row);
    }

    /** So many rows, all free and in no index yet: those of a table that is being restored. */
    void makeRoom(int count) {
        for (int first = 0; first < count; first += mask + 1) {
            addChunk(first >>> shift);
        }
        size = count;
    }

    /** Of a row of a table that is being restored. */
    void put(int row, Marks its) {
        RowMarks chunk = chunk(row);
        int place = row & mask;
        chunk.generations[place] = its.generation();
        chunk.used[place] = its.used();
        if (its.id().length == 0) {
            chunk.ids.free(place);
        } else if (!chunk.ids.is(place, its.id())) {
            set(row, its.id());
        }
    }

    /** The rows of a table that was restored can be found from now on. */
    void indexAll() {
        for (int row = 0; row < size; row++) {
            if (isLive(row)) {
                index.add(hashes.hash(chunk(row).ids.get(row & mask)), row);
            } else {
                free.add(row);
            }
        }
    }

    /** What all of it takes up in memory. */
    long bytes() {
        return chunks() * RowMarks.bytes(mask + 1) + idBytes + index.bytes() + 8L * marks.length + free.bytes();
    }
}
