package dev.milvuso.trainer.parameter;

import dev.milvuso.embedding.Kind;
import dev.milvuso.trainer.initializer.RowInitializer;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Rows of one kind under their ids, without collisions: in chunks, so that growing copies nothing, each row's optimizer
 * state right behind its numbers. A user's last number is 1 for good, an item's is its bias and begins at 0.
 *
 * <p>One thread adds and removes rows. Any number of others look rows up and write to their numbers meanwhile; who
 * keeps a row's number for longer keeps its {@link #generation} too, and asks {@link #isLive} before using it.
 *
 * <p>As long as {@link Moves#freeze images} of the table are taken, rows are added, removed and written to by one
 * thread, which says {@link #moving} before it writes to a row.
 */
public final class ParameterTable {
    private final Kind kind;
    private final int dimension;
    private final Rows rows;
    private final RowNames names;
    private final RowInitializer initializer;
    private final Moves moves = new Moves(this);

    public ParameterTable(Kind kind, int dimension, int stateWidth, RowInitializer initializer) {
        this.kind = kind;
        this.dimension = dimension;
        this.rows = new Rows(dimension, stateWidth);
        this.names = new RowNames(rows.chunkRows());
        this.initializer = initializer;
    }

    /** Rows there have been; those that expired and were not given away again are among them. */
    public int size() {
        return names.size();
    }

    /** Rows that have an id. */
    public int live() {
        return names.live();
    }

    public int dimension() {
        return dimension;
    }

    /** The numbers of the rows; whoever keeps them sees the table grow. */
    public Rows rows() {
        return rows;
    }

    public int stateWidth() {
        return rows.width() - dimension;
    }

    /** Rows of a chunk, a power of two. */
    public int chunkRows() {
        return rows.chunkRows();
    }

    int chunks() {
        return names.chunks();
    }

    /** The id of a row; "" if it has none. */
    public String id(int row) {
        return names.id(row);
    }

    /** Whether the row has an id. */
    public boolean isLive(int row) {
        return names.isLive(row);
    }

    /** Another number each time that a row goes from one id to the next. */
    public short generation(int row) {
        return names.generation(row);
    }

    /** Whether the row still is what it was when it had this generation. */
    public boolean isLive(int row, short generation) {
        return row < size() && generation(row) == generation && isLive(row);
    }

    /** The row of a known id, or -1. */
    public int find(String id) {
        return names.find(id.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The row of an id, initialised if it is new.
     *
     * @param id without lone surrogates
     * @throws IllegalArgumentException if the id is empty or longer than 65,535 bytes as UTF-8
     */
    public int findOrAdd(String id) {
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        int known = names.find(bytes);
        if (known >= 0) {
            return known;
        }
        int row = allocate(bytes);
        initialise(id, row);
        names.publish(bytes, row);
        return row;
    }

    /** Adds the ids that are new, and initialises their rows on all cores. */
    public void addAll(Collection<String> ids) {
        int first = size();
        for (String id : ids) {
            byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
            if (names.find(bytes) < 0) {
                names.publish(bytes, allocate(bytes));
            }
        }
        IntStream.range(first, size()).parallel().forEach(row -> initialise(id(row), row));
    }

    private int allocate(byte[] id) {
        if (id.length == 0 || id.length > RowIds.LONGEST) {
            throw new IllegalArgumentException(
                    "an id has " + id.length + " bytes as UTF-8, must have 1 to " + RowIds.LONGEST);
        }
        if (names.isFilled()) {
            rows.addChunk();
            names.addChunk();
        }
        int row = names.take();
        moves.moving(row);
        moves.marking(row);
        names.set(row, id);
        return row;
    }

    private void initialise(String id, int row) {
        float[] chunk = chunk(row);
        int offset = offset(row);
        initializer.fill(kind.label(), id, chunk, offset, dimension - 1);
        chunk[offset + dimension - 1] = kind == Kind.USER ? 1 : 0;
    }

    /** Gives a row what it would have if its id had just come: fresh numbers and no state. */
    public void beginAnew(int row) {
        initialise(id(row), row);
        Arrays.fill(stateChunk(row), stateOffset(row), stateOffset(row) + stateWidth(), 0);
    }

    /** Takes the row's id away; its place is the next that a new id gets. */
    void remove(int row) {
        moves.moving(row);
        moves.marking(row);
        names.free(row);
        Arrays.fill(chunk(row), offset(row), offset(row) + rows.width(), 0);
    }

    /** Whether the next new id needs a chunk more. */
    public boolean isFilled() {
        return names.isFilled();
    }

    /** When the row was used last, as {@link #used} was told; 0 if never. */
    public int lastUsed(int row) {
        return names.lastUsed(row);
    }

    /**
     * Notes that a row was used, so that it does not expire.
     *
     * @param now in a unit of the caller's
     */
    public void used(int row, int now) {
        moves.marking(row);
        names.used(row, now);
    }

    /**
     * Frees those of the next rows that have been unused for too long.
     *
     * @param hand where to begin; any number is taken for one of a row
     * @param count how many rows to look at
     * @param before a row used last before this is too old
     * @param expired told of each row before it is free
     * @return where to begin next time
     */
    public int expire(int hand, int count, int before, IntConsumer expired) {
        int row = hand;
        for (int i = 0; i < Math.min(count, size()); i++) {
            row = row < size() ? row : 0;
            if (isLive(row) && lastUsed(row) < before) {
                expired.accept(row);
                remove(row);
            }
            row++;
        }
        return row;
    }

    /**
     * Frees the row of an id, if it has one.
     *
     * @param expired told of the row before it is free
     * @return whether it had one
     */
    public boolean expel(String id, IntConsumer expired) {
        int row = find(id);
        if (row >= 0) {
            expired.accept(row);
            remove(row);
        }
        return row >= 0;
    }

    /** The chunk that holds a row; the row begins at {@link #offset}. */
    public float[] chunk(int row) {
        return rows.chunk(row);
    }

    public int offset(int row) {
        return rows.offset(row);
    }

    /** The chunk that holds the optimizer's state of a row; it begins at {@link #stateOffset}. */
    public float[] stateChunk(int row) {
        return rows.chunk(row);
    }

    public int stateOffset(int row) {
        return rows.stateOffset(row);
    }

    /** A copy, shape [dimension]. */
    public float[] vector(int row) {
        int from = offset(row);
        return Arrays.copyOfRange(chunk(row), from, from + dimension);
    }

    /** What the table takes up in memory: numbers, state, ids and index. */
    public long bytes() {
        return chunks() * rows.chunkBytes() + names.bytes();
    }

    /** Says that a row is about to be written to, for the sake of {@link Moves#freeze images}. Takes nanoseconds. */
    public void moving(int row) {
        moves.moving(row);
    }

    /** Which rows have moved. */
    public Moves moves() {
        return moves;
    }

    /** What is known of its rows besides their numbers. */
    RowNames names() {
        return names;
    }

    /** So many rows, all free and in no index yet: those of a table that is being restored. */
    void makeRoom(int count) {
        while (rows.capacity() < count) {
            rows.addChunk();
        }
        names.makeRoom(count);
    }

    public void write(DataOutput out) throws IOException {
        out.writeInt(size());
        out.writeInt(dimension);
        out.writeInt(stateWidth());
        byte[] bytes = new byte[4 * rows.width()];
        for (int row = 0; row < size(); row++) {
            out.writeUTF(id(row));
            ByteBuffer.wrap(bytes).asFloatBuffer().put(chunk(row), offset(row), rows.width());
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
        checkShape(in.readInt(), in.readInt());
        byte[] bytes = new byte[4 * rows.width()];
        for (int i = 0; i < count; i++) {
            int row = findOrAdd(in.readUTF());
            in.readFully(bytes);
            ByteBuffer.wrap(bytes).asFloatBuffer().get(chunk(row), offset(row), rows.width());
        }
    }

    void checkShape(int writtenDimension, int writtenState) throws IOException {
        if (writtenDimension != dimension || writtenState != stateWidth()) {
            throw new IOException("rows of " + writtenDimension + " numbers and " + writtenState
                    + " of optimizer state, the configuration has " + dimension + " and " + stateWidth());
        }
    }
}
