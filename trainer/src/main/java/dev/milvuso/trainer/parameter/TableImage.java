package dev.milvuso.trainer.parameter;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * The changed chunks of a table as they were at one moment. A chunk is copied when it is read; until then a row that is
 * about to move is copied first. So the thread that learns never waits for longer than it takes to copy a chunk.
 */
public final class TableImage implements PartImage {
    private final ParameterTable table;
    private final int size;
    private final BitSet changed;
    private final boolean[] waiting;
    private final Map<Integer, Row> kept = new HashMap<>();

    TableImage(ParameterTable table, BitSet changed) {
        this.table = table;
        this.size = table.size();
        this.changed = changed;
        this.waiting = new boolean[table.chunks()];
        changed.stream().forEach(chunk -> waiting[chunk] = true);
    }

    private record Row(byte[] id, short generation, int used, float[] numbers) {}

    @Override
    public int parts() {
        return waiting.length;
    }

    @Override
    public BitSet changed() {
        return changed;
    }

    /** A row's shape and how many there are, for whoever restores the table. */
    public int rows() {
        return size;
    }

    /** Called before a row moves. What others see of {@code waiting} without the lock goes from true to false only. */
    void keep(int row, int chunk) {
        if (row < size && waiting[chunk]) {
            keepFirst(row, chunk);
        }
    }

    private synchronized void keepFirst(int row, int chunk) {
        if (waiting[chunk] && !kept.containsKey(row)) {
            RowMarks marks = table.marks(chunk);
            int place = row % table.chunkRows();
            float[] numbers = new float[table.width()];
            System.arraycopy(table.numbers(chunk), table.offset(row), numbers, 0, numbers.length);
            kept.put(row, new Row(marks.ids.get(place), marks.generations[place], marks.used[place], numbers));
        }
    }

    @Override
    public ByteBuffer part(int number) {
        return copy(number).write();
    }

    /** Rows that move while this copies were kept before, and are put back. */
    private synchronized Chunk copy(int chunk) {
        int first = chunk * table.chunkRows();
        int rows = Math.min(table.chunkRows(), size - first);
        RowMarks marks = table.marks(chunk).copy();
        byte[][] ids = new byte[rows][];
        float[] numbers = Arrays.copyOf(table.numbers(chunk), rows * table.width());
        for (int place = 0; place < rows; place++) {
            Row row = kept.remove(first + place);
            if (row == null) {
                ids[place] = marks.ids.get(place);
            } else {
                ids[place] = row.id();
                marks.generations[place] = row.generation();
                marks.used[place] = row.used();
                System.arraycopy(row.numbers(), 0, numbers, place * table.width(), table.width());
            }
        }
        waiting[chunk] = false;
        return new Chunk(ids, marks.generations, marks.used, numbers);
    }

    /** The rows of one chunk; an id of no bytes is that of a row that is free. */
    static final class Chunk {
        private final byte[][] ids;
        private final short[] generations;
        private final int[] used;
        private final float[] numbers;

        Chunk(byte[][] ids, short[] generations, int[] used, float[] numbers) {
            this.ids = ids;
            this.generations = generations;
            this.used = used;
            this.numbers = numbers;
        }

        ByteBuffer write() {
            int length = Integer.BYTES + numbers.length * Float.BYTES;
            for (byte[] id : ids) {
                length += 2 * Short.BYTES + Integer.BYTES + id.length;
            }
            ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
            out.putInt(ids.length);
            out.asFloatBuffer().put(numbers);
            out.position(out.position() + numbers.length * Float.BYTES);
            for (int place = 0; place < ids.length; place++) {
                out.putShort(generations[place]).putInt(used[place]);
                out.putShort((short) ids[place].length).put(ids[place]);
            }
            return out.flip();
        }
    }
}
