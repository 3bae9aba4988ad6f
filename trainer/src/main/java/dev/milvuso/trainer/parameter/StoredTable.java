package dev.milvuso.trainer.parameter;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.function.IntPredicate;

/**
 * A table as its {@link TableImage images} hold it: its shape, and parts of rows. To restore one, read the shape into
 * an empty table, put all parts onto it, older ones first, and {@link #finish}.
 */
public record StoredTable(ParameterTable table) {
    public void writeShape(DataOutput out) throws IOException {
        out.writeInt(table.dimension());
        out.writeInt(table.stateWidth());
        out.writeInt(table.chunkRows());
        out.writeInt(table.size());
    }

    /**
     * Makes room for the rows of a table of this shape; the number of its chunks.
     *
     * @throws IOException if they do not fit
     */
    public int readShape(DataInput in) throws IOException {
        table.checkShape(in.readInt(), in.readInt());
        int chunkRows = in.readInt();
        if (chunkRows != table.chunkRows()) {
            throw new IOException("chunks of " + chunkRows + " rows, this version has " + table.chunkRows());
        }
        table.makeRoom(in.readInt());
        return table.chunks();
    }

    /**
     * Puts the rows of a part in their places.
     *
     * @param isOlder whether what a chunk holds is older than the part: rows of others are left out
     */
    public void put(ByteBuffer part, IntPredicate isOlder) throws IOException {
        try {
            putRows(part.order(ByteOrder.LITTLE_ENDIAN), isOlder);
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("a part of rows is not what was written: " + e.getMessage(), e);
        }
    }

    private void putRows(ByteBuffer in, IntPredicate isOlder) throws IOException {
        int width = table.rows().width();
        int count = in.getInt();
        IntBuffer rows = in.slice(in.position(), count * Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer();
        in.position(in.position() + count * Integer.BYTES);
        FloatBuffer numbers = in.asFloatBuffer();
        in.position(in.position() + count * width * Float.BYTES);
        for (int i = 0; i < count; i++) {
            int row = rows.get(i);
            if (row < 0 || row >= table.size()) {
                throw new IOException("a part of rows names row " + row + " of " + table.size());
            }
            short generation = in.getShort();
            int used = in.getInt();
            byte[] id = new byte[in.getShort() & 0xffff];
            in.get(id);
            if (isOlder.test(row / table.chunkRows())) {
                numbers.get(i * width, table.chunk(row), table.offset(row), width);
                table.names().put(row, new Marks(id, generation, used));
            }
        }
    }

    /** All parts are in: the rows can be found by their ids. */
    public void finish() {
        table.names().indexAll();
        table.moves().none();
    }
}
