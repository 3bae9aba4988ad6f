package dev.milvuso.trainer.parameter;

import dev.milvuso.embedding.Kind;
import dev.milvuso.trainer.initializer.RowInitializer;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one kind under their ids, without collisions: in chunks, so that growing copies nothing, each row's optimizer
 * state right behind its numbers. A user's last number is 1 for good, an item's is its bias and begins at 0.
 *
 * <p>One thread adds and removes rows. Any number of others look rows up and write to their numbers meanwhile; who
 * keeps a row's number for longer keeps its {@link #generation} too, and asks {@link #isLive} before using it.
 *
 * <p>As long as {@link #freeze images} of the table are taken, rows are added, removed and written to by one thread,
 * which says {@link #moving} before it writes to a row.
 */
public final class ParameterTable {
    private final Kind kind;
    private final int dimension;
    private final Rows rows;
    private final int shift;
    private final int mask;
    private final RowInitializer initializer;
    private final IdBytes hashes = new IdBytes(new SplittableRandom().nextLong());
    private final RowIndex index = new RowIndex();
    private final BitSet changed = new BitSet();
    private RowMarks[] marks = new RowMarks[0];
    private final FreeRows free = new FreeRows();
    private @Nullable TableImage image;
    private long idBytes;
    private volatile int size;

    public ParameterTable(Kind kind, int dimension, int stateWidth, RowInitializer initializer) {
        this.kind = kind;
        this.dimension = dimension;
        this.rows = new Rows(dimension, stateWidth);
        this.shift = Integer.numberOfTrailingZeros(rows.chunkRows());
        this.mask = rows.chunkRows() - 1;
        this.initializer = initializer;
    }

    /** Rows there have been; those that expired and were not given away again are among them. */
    public int size() {
        return size;
    }

    /** Rows that have an id. */
    public int live() {
        return size - free.count();
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
        return mask + 1;
    }

    int chunks() {
        return (size + mask) >>> shift;
    }

    /** The id of a row; "" if it has none. */
    public String id(int row) {
        return marks[row >>> shift].ids.text(row & mask);
    }

    /** Whether the row has an id. */
    public boolean isLive(int row) {
        return !marks[row >>> shift].ids.isFree(row & mask);
    }

    /** Another number each time that a row goes from one id to the next. */
    public short generation(int row) {
        return marks[row >>> shift].generations[row & mask];
    }

    /** Whether the row still is what it was when it had this generation. */
    public boolean isLive(int row, short generation) {
        return row < size && generation(row) == generation && isLive(row);
    }

    /** The row of a known id, or -1. */
    public int find(String id) {
        return find(id.getBytes(StandardCharsets.UTF_8));
    }

    private int find(byte[] id) {
        return index.find(hashes.hash(id), row -> marks[row >>> shift].ids.is(row & mask, id));
    }

    /**
     * The row of an id, initialised if it is new.
     *
     * @param id without lone surrogates
     * @throws IllegalArgumentException if the id is empty or longer than 65,535 bytes as UTF-8
     */
    public int findOrAdd(String id) {
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        int known = find(bytes);
        if (known >= 0) {
            return known;
        }
        int row = allocate(bytes);
        initialise(id, row);
        publish(bytes, row);
        return row;
    }

    /** Adds the ids that are new, and initialises their rows on all cores. */
    public void addAll(Collection<String> ids) {
        int first = size;
        for (String id : ids) {
            byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
            if (find(bytes) < 0) {
                publish(bytes, allocate(bytes));
            }
        }
        IntStream.range(first, size).parallel().forEach(row -> initialise(id(row), row));
    }

    private int allocate(byte[] id) {
        if (id.length == 0 || id.length > RowIds.LONGEST) {
            throw new IllegalArgumentException(
                    "an id has " + id.length + " bytes as UTF-8, must have 1 to " + RowIds.LONGEST);
        }
        int row = free.isEmpty() ? size : free.take();
        if (row == size && (row & mask) == 0) {
            addChunk(row >>> shift);
        }
        moving(row);
        setId(row, id);
        return row;
    }

    private void setId(int row, byte[] id) {
        RowMarks chunk = marks[row >>> shift];
        idBytes -= chunk.ids.size();
        chunk.ids.set(row & mask, id);
        idBytes += chunk.ids.size();
    }

    private void addChunk(int chunk) {
        if (chunk == marks.length) {
            marks = Arrays.copyOf(marks, chunk + chunk / 2 + 4);
        }
        rows.addChunk();
        marks[chunk] = new RowMarks(mask + 1);
        idBytes += marks[chunk].ids.size();
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

    private void publish(byte[] id, int row) {
        if (row == size) {
            size = row + 1;
        }
        index.add(hashes.hash(id), row);
    }

    /** Takes the row's id away; its place is the next that a new id gets. */
    void remove(int row) {
        moving(row);
        RowMarks chunk = marks[row >>> shift];
        int place = row & mask;
        index.remove(hashes.hash(chunk.ids.get(place)), row);
        chunk.ids.free(place);
        chunk.generations[place]++;
        idBytes -= chunk.ids.size();
        if (chunk.ids.isWasteful()) {
            chunk.ids = chunk.ids.compact();
        }
        idBytes += chunk.ids.size();
        Arrays.fill(chunk(row), offset(row), offset(row) + width(), 0);
        free.add(row);
    }

    /** When the row was used last, as {@link #used} was told; 0 if never. */
    int lastUsed(int row) {
        return marks[row >>> shift].used[row & mask];
    }

    /**
     * Notes that a row was used, so that it does not expire.
     *
     * @param now in a unit of the caller's
     */
    public void used(int row, int now) {
        moving(row);
        marks[row >>> shift].used[row & mask] = now;
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
        for (int i = 0; i < Math.min(count, size); i++) {
            row = row < size ? row : 0;
            if (isLive(row) && lastUsed(row) < before) {
                expired.accept(row);
                remove(row);
            }
            row++;
        }
        return row;
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
        long chunks = chunks();
        long perChunk = 16L + (long) (mask + 1) * width() * Float.BYTES + RowMarks.bytes(mask + 1);
        return chunks * perChunk + idBytes + index.bytes() + 8L * marks.length + free.bytes();
    }

    /** Says that a row is about to be written to, for the sake of {@link #freeze images}. Takes nanoseconds. */
    public void moving(int row) {
        int chunk = row >>> shift;
        changed.set(chunk);
        TableImage current = image;
        if (current != null) {
            current.keep(row, chunk);
        }
    }

    /**
     * The chunks that moved since the last image, as they are now, however they move on. Copies nothing; until the
     * image has been read, a row is copied when it moves. One image at a time: the one before is forgotten.
     */
    public TableImage freeze() {
        TableImage frozen = new TableImage(this, (BitSet) changed.clone());
        image = frozen;
        changed.clear();
        return frozen;
    }

    /** Ends an image; what it holds counts as changed still if it went nowhere. */
    public void release(TableImage read, boolean kept) {
        if (image == read) {
            image = null;
        }
        if (!kept) {
            changed.or(read.changed());
        }
    }

    /** From now on every chunk counts as changed. */
    public void changeAll() {
        changed.set(0, chunks());
    }

    /** From now on these chunks count as changed. */
    public void change(BitSet chunks) {
        changed.or(chunks);
    }

    RowMarks marks(int chunk) {
        return marks[chunk];
    }

    float[] numbers(int chunk) {
        return rows.chunk(chunk << shift);
    }

    int width() {
        return rows.width();
    }

    /** Takes the next chunk of an image into a table that is being restored. */
    public void restore(ByteBuffer chunk) throws IOException {
        if ((size & mask) != 0) {
            throw new IOException("a chunk follows one that is not full");
        }
        ByteBuffer in = chunk.order(ByteOrder.LITTLE_ENDIAN);
        try {
            int count = in.getInt();
            addChunk(size >>> shift);
            in.asFloatBuffer().get(chunk(size), 0, count * width());
            in.position(in.position() + count * width() * Float.BYTES);
            for (int place = 0; place < count; place++) {
                short generation = in.getShort();
                int used = in.getInt();
                byte[] id = new byte[in.getShort() & 0xffff];
                in.get(id);
                restoreRow(id, generation, used);
            }
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("a chunk of rows is not what was written: " + e.getMessage(), e);
        }
        changed.clear();
    }

    private void restoreRow(byte[] id, short generation, int used) {
        int row = size;
        RowMarks chunk = marks[row >>> shift];
        chunk.generations[row & mask] = generation;
        chunk.used[row & mask] = used;
        if (id.length == 0) {
            size = row + 1;
            free.add(row);
        } else {
            setId(row, id);
            publish(id, row);
        }
    }

    public void write(DataOutput out) throws IOException {
        out.writeInt(size());
        out.writeInt(dimension);
        out.writeInt(stateWidth());
        byte[] bytes = new byte[4 * width()];
        for (int row = 0; row < size(); row++) {
            out.writeUTF(id(row));
            ByteBuffer.wrap(bytes).asFloatBuffer().put(chunk(row), offset(row), width());
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
        byte[] bytes = new byte[4 * width()];
        for (int i = 0; i < count; i++) {
            int row = findOrAdd(in.readUTF());
            in.readFully(bytes);
            ByteBuffer.wrap(bytes).asFloatBuffer().get(chunk(row), offset(row), width());
        }
    }

    public void writeShape(DataOutput out) throws IOException {
        out.writeInt(dimension);
        out.writeInt(stateWidth());
        out.writeInt(chunkRows());
        out.writeInt(chunks());
    }

    /**
     * The number of chunks that were written with this shape.
     *
     * @throws IOException if they do not fit
     */
    public int readShape(DataInput in) throws IOException {
        checkShape(in.readInt(), in.readInt());
        int written = in.readInt();
        if (written != chunkRows()) {
            throw new IOException("chunks of " + written + " rows, this version has " + chunkRows());
        }
        return in.readInt();
    }

    private void checkShape(int writtenDimension, int writtenState) throws IOException {
        if (writtenDimension != dimension || writtenState != stateWidth()) {
            throw new IOException("rows of " + writtenDimension + " numbers and " + writtenState
                    + " of optimizer state, the configuration has " + dimension + " and " + stateWidth());
        }
    }
}
