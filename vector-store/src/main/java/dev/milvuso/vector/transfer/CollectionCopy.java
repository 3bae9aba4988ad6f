package dev.milvuso.vector.transfer;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.check.CollectionCheck;
import java.util.List;

/**
 * Writes the rows of a source into a collection, which it makes if it is not there: an import of an export, and a copy
 * from one store to another. Rows keep their keys: of a source whose keys its store makes, the collection has plain
 * numbers for keys. A time to live begins anew.
 *
 * <p>Rows are put by key, so what is written twice stands there once. One that was cut off goes on behind the last
 * place that its bookmark knows. One that comes upon a row that cannot be stored, or upon the end of what is cut off or
 * damaged, drops the collection again if it has made it.
 */
public final class CollectionCopy {
    private final RowSource source;
    private final VectorStore target;
    private final CollectionSchema schema;
    private final List<String> aliases;

    /** @param collection to write into, not there yet or of an equal schema */
    public CollectionCopy(RowSource source, VectorStore target, String collection) {
        this(source, target, KeptKeys.schema(source.schema()).renamed(collection), List.of());
    }

    private CollectionCopy(RowSource source, VectorStore target, CollectionSchema schema, List<String> aliases) {
        this.source = source;
        this.target = target;
        this.schema = schema;
        this.aliases = aliases;
    }

    /** One that, when all rows are there, gives the collection the aliases that the source's had. */
    public CollectionCopy withAliases() {
        return new CollectionCopy(source, target, schema, source.aliases());
    }

    /** What the collection has otherwise than the copy would, by field; nothing if it is not there. */
    public List<String> differences() {
        return target.describe(schema.name())
                .map(there -> there.differences(schema))
                .orElse(List.of());
    }

    /**
     * @return rows written, those of earlier runs too
     * @throws IllegalArgumentException before a row is written, if the collection is there with another schema, naming
     *     each field that differs, if an alias that is to be restored stands for something else, or if a partition
     *     cannot be read; later, if the source or a row of it is not what it should be, saying how many rows are stored
     */
    public long run(Bookmark bookmark, Progress progress) {
        RestoredAliases restored = new RestoredAliases(target, schema.name(), aliases);
        restored.check();
        boolean isNew = target.describe(schema.name()).isEmpty();
        // If it is new, what the bookmark knows of has been dropped.
        Mark mark = isNew ? Mark.START : bookmark.read();
        source.check(mark);
        target.create(schema);
        Written written = new Written(mark);
        try {
            write(written, isNew, bookmark, progress);
        } catch (IllegalArgumentException e) {
            throw ended(e, written.mark, isNew, bookmark);
        }
        restored.create();
        bookmark.remove();
        return written.mark.rows();
    }

    /** How far it is. */
    private static final class Written {
        private Mark mark;

        Written(Mark mark) {
            this.mark = mark;
        }
    }

    private void write(Written written, boolean isNew, Bookmark bookmark, Progress progress) {
        if (isNew) {
            new KeptIndexes(target, schema).make(source.indexes());
        }
        createPartitions();
        long all = source.count();
        RowWriter writer = new RowWriter(target, schema);
        progress.done(written.mark.rows(), all);
        try (RowSource.Rows batches = source.behind(written.mark)) {
            while (batches.hasNext()) {
                RowBatch batch = batches.next();
                writer.write(batch.partition(), batch.rows());
                written.mark = written.mark.behind(batch);
                bookmark.write(written.mark);
                progress.done(written.mark.rows(), all);
            }
        }
    }

    /** What cannot be taken would stand against the next run as well, so nothing half done is left. */
    private IllegalArgumentException ended(
            IllegalArgumentException cause, Mark last, boolean isNew, Bookmark bookmark) {
        boolean dropped = isNew && dropped(last.rows(), cause);
        if (dropped) {
            bookmark.remove();
        }
        String left =
                dropped ? "nothing is stored: the collection that was made for it is dropped again" : last.stored();
        return new IllegalArgumentException(cause.getMessage() + "; " + left, cause);
    }

    /** Unless others have written into it meanwhile. */
    private boolean dropped(long rows, IllegalArgumentException cause) {
        try {
            if (target.describe(schema.name()).isPresent() && target.count(schema.name()) > rows) {
                return false;
            }
            target.drop(schema.name());
            return true;
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
            return false;
        }
    }

    private void createPartitions() {
        source.partitions().stream()
                .filter(partition -> !partition.equals(CollectionCheck.DEFAULT_PARTITION))
                .forEach(partition -> target.createPartition(schema.name(), partition));
    }

    /** What the collection has otherwise than the source now. */
    public Comparison compare(Progress progress) {
        return new CollectionComparison(source, new StoreRows(target, schema.name())).run(progress);
    }

    /**
     * Brings the collection to what the source has now: writes what is missing or otherwise and deletes what is extra.
     * The collection must be there.
     *
     * @return what was otherwise before
     */
    public Comparison catchUp(Progress progress) {
        return new CatchUp(source, target, schema).run(progress);
    }
}
