package dev.milvuso.trainer.parameter;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Which rows of a table have moved since its last image. For the thread that moves them. */
public final class Moves {
    private final ParameterTable table;
    private BitSet rows = new BitSet();
    private BitSet whole = new BitSet();
    private @Nullable TableImage image;

    Moves(ParameterTable table) {
        this.table = table;
    }

    /** A row's numbers are about to be written to. Takes nanoseconds. */
    void moving(int row) {
        rows.set(row);
        TableImage current = image;
        if (current != null) {
            current.keep(row);
        }
    }

    /** What else is known of a row is about to change. */
    void marking(int row) {
        rows.set(row);
        TableImage current = image;
        if (current != null) {
            current.keepMarks(row);
        }
    }

    /**
     * The rows that moved since the last image, as they are now, however they move on. Copies nothing; until the image
     * has been read, a row of it is copied when it moves again. One image at a time: the one before is forgotten.
     */
    public TableImage freeze() {
        TableImage frozen = new TableImage(table, rows, whole);
        rows = new BitSet(table.size());
        whole = new BitSet();
        image = frozen;
        return frozen;
    }

    /** Ends an image; what it holds counts as moved still if it went nowhere. */
    public void release(TableImage read, boolean kept) {
        if (image == read) {
            image = null;
        }
        if (!kept) {
            rows.or(read.moved());
            whole.or(read.whole());
        }
    }

    /** The next image holds all chunks whole. */
    public void all() {
        whole.set(0, table.chunks());
    }

    /** The next image holds these chunks whole. */
    public void chunks(BitSet chunks) {
        whole.or(chunks);
    }

    /** Nothing has moved: what the table holds has just been read. */
    void none() {
        rows.clear();
        whole.clear();
    }
}
