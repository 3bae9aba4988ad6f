package dev.milvuso.trainer.parameter;

import dev.milvuso.embedding.Kind;
import dev.milvuso.trainer.initializer.RowInitializer;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of one kind under their ids, in chunks, so that growing copies nothing. A user's last number is 1 for good, an
 * item's is its bias and begins at 0. Rows may be written by many threads; adding rows is for one.
 */
public final class ParameterTable {
    /** Rows of a chunk. */
    public static final int CHUNK = 1024;

    private final Kind kind;
    private final int dimension;
    private final int stateWidth;
    private final RowInitializer initializer;
    private final Map<String, Integer> rows = new HashMap<>();
    private final List<String> ids = new ArrayList<>();
    private float[][] values = new float[0][];
    private float[][] states = new float[0][];

    public ParameterTable(Kind kind, int dimension, int stateWidth, RowInitializer initializer) {
        this.kind = kind;
        this.dimension = dimension;
        this.stateWidth = stateWidth;
        this.initializer = initializer;
    }

    public int size() {
        return ids.size();
    }

    public int dimension() {
        return dimension;
    }

    public int stateWidth() {
        return stateWidth;
    }

    public String id(int row) {
        return ids.get(row);
    }

    /** The row of a known id, or -1. */
    public int find(String id) {
        return rows.getOrDefault(id, -1);
    }

    /** The row of an id, initialised if it is new. */
    public int findOrAdd(String id) {
        Integer known = rows.get(id);
        return known == null ? add(id) : known;
    }

    private int add(String id) {
        int row = ids.size();
        int chunk = row / CHUNK;
        if (chunk == values.length) {
            values = java.util.Arrays.copyOf(values, chunk + 1);
            states = java.util.Arrays.copyOf(states, chunk + 1);
            values[chunk] = new float[CHUNK * dimension];
            states[chunk] = new float[CHUNK * stateWidth];
        }
        rows.put(id, row);
        ids.add(id);
        int offset = offset(row);
        initializer.fill(kind.label(), id, values[chunk], offset, dimension - 1);
        values[chunk][offset + dimension - 1] = kind == Kind.USER ? 1 : 0;
        return row;
    }

    /** The chunk that holds a row; the row begins at {@link #offset}. */
    public float[] chunk(int row) {
        return values[row / CHUNK];
    }

    public int offset(int row) {
        return row % CHUNK * dimension;
    }

    /** The chunk that holds the optimizer's state of a row; it begins at {@link #stateOffset}. */
    public float[] stateChunk(int row) {
        return states[row / CHUNK];
    }

    public int stateOffset(int row) {
        return row % CHUNK * stateWidth;
    }

    /** A copy, shape [dimension]. */
    public float[] vector(int row) {
        int from = offset(row);
        return java.util.Arrays.copyOfRange(chunk(row), from, from + dimension);
    }

    public void write(DataOutput out) throws IOException {
        out.writeInt(size());
        out.writeInt(dimension);
        out.writeInt(stateWidth);
        byte[] bytes = new byte[4 * (dimension + stateWidth)];
        for (int row = 0; row < size(); row++) {
            out.writeUTF(ids.get(row));
            ByteBuffer.wrap(bytes)
                    .asFloatBuffer()
                    .put(chunk(row), offset(row), dimension)
                    .put(stateChunk(row), stateOffset(row), stateWidth);
            out.write(bytes);
        }
    }

    /**
     * Fills an empty table.
     *
     * @throws IOException if what was written had another dimension or another optimizer's state
     */
    public void read(DataInput in) throws IOException {
        int count = in.readInt();
        int writtenDimension = in.readInt();
        int writtenState = in.readInt();
        if (writtenDimension != dimension || writtenState != stateWidth) {
            throw new IOException("rows of " + writtenDimension + " numbers and " + writtenState
                    + " of optimizer state, the configuration has " + dimension + " and " + stateWidth);
        }
        byte[] bytes = new byte[4 * (dimension + stateWidth)];
        for (int i = 0; i < count; i++) {
            int row = findOrAdd(in.readUTF());
            in.readFully(bytes);
            ByteBuffer.wrap(bytes)
                    .asFloatBuffer()
                    .get(chunk(row), offset(row), dimension)
                    .get(stateChunk(row), stateOffset(row), stateWidth);
        }
    }
}
