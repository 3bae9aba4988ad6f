package dev.milvuso.trainer.parameter;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * Rows of an image as bytes, little-endian: how many, which, the numbers of all, then the marks of each. There is one
 * buffer for all parts, outside of the heap, so that writing a large table leaves nothing to collect.
 */
final class PartBuffer {
    private final ParameterTable table;
    private ByteBuffer buffer = ByteBuffer.allocateDirect(0);

    PartBuffer(ParameterTable table) {
        this.table = table;
    }

    /** The marks of one chunk, read at once, and then what of them had been kept before. */
    private record ChunkMarks(int first, RowMarks read, Map<Integer, Marks> kept) {
        int length(int row) {
            Marks before = kept.get(row);
            return before == null ? Marks.length(read.ids.length(row - first)) : Marks.length(before.id().length);
        }

        void write(int row, ByteBuffer out) {
            int place = row - first;
            Marks before = kept.get(row);
            if (before == null) {
                out.putShort(read.generations[place]).putInt(read.used[place]);
                read.ids.write(place, out);
            } else {
                out.putShort(before.generation()).putInt(before.used());
                out.putShort((short) before.id().length).put(before.id());
            }
        }
    }

    /**
     * The rows as they were before what is kept of them was.
     *
     * @param rows ascending, no more than the first {@code count}
     * @return valid until the next call
     */
    ByteBuffer read(int[] rows, int count, Map<Integer, Marks> keptMarks, NumbersBefore keptNumbers) {
        int width = table.rows().width();
        ChunkMarks[] marks = marks(rows, count, keptMarks);
        int length = Integer.BYTES + count * (Integer.BYTES + width * Float.BYTES);
        for (int i = 0; i < count; i++) {
            length += marks[i].length(rows[i]);
        }
        ByteBuffer out = cleared(length);
        out.putInt(count);
        out.asIntBuffer().put(rows, 0, count);
        out.position(out.position() + count * Integer.BYTES);
        FloatBuffer numbers = out.asFloatBuffer();
        for (int i = 0; i < count; i++) {
            numbers.put(i * width, table.chunk(rows[i]), table.offset(rows[i]), width);
        }
        VarHandle.loadLoadFence();
        for (int i = 0; i < count; i++) {
            keptNumbers.putBack(rows[i], numbers, i * width);
        }
        out.position(out.position() + count * width * Float.BYTES);
        for (int i = 0; i < count; i++) {
            marks[i].write(rows[i], out);
        }
        return out.flip();
    }

    /** Puts the numbers that a row had, if they were kept. */
    interface NumbersBefore {
        void putBack(int row, FloatBuffer numbers, int at);
    }

    private ChunkMarks[] marks(int[] rows, int count, Map<Integer, Marks> kept) {
        ChunkMarks[] marks = new ChunkMarks[count];
        int chunkRows = table.chunkRows();
        for (int i = 0; i < count; i++) {
            int first = rows[i] - rows[i] % chunkRows;
            marks[i] = i > 0 && marks[i - 1].first() == first
                    ? marks[i - 1]
                    : new ChunkMarks(first, table.names().chunk(rows[i]).copy(), kept);
        }
        VarHandle.loadLoadFence();
        return marks;
    }

    private ByteBuffer cleared(int length) {
        if (buffer.capacity() < length) {
            buffer = ByteBuffer.allocateDirect(length + length / 4).order(ByteOrder.LITTLE_ENDIAN);
        }
        return buffer.clear();
    }
}
