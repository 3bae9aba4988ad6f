package dev.milvuso.vector.transfer;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.check.CollectionCheck;
import java.util.Optional;

/**
 * Writes the rows of a source into a collection, which it makes if it is not there: an import of an export, and a copy
 * from one store to another. Rows keep their keys: of a source whose keys its store makes, the collection has plain
 * numbers for keys. A time to live begins anew.
 *
 * <p>Rows are put by key, so what is written twice stands there once. One that was cut off goes on behind the last
 * place that its bookmark knows.
 */
public final class CollectionCopy {
    private final RowSource source;
    private final VectorStore target;
    private final CollectionSchema schema;

    /** @param collection to write into, not there yet or of an equal schema */
    public CollectionCopy(RowSource source, VectorStore target, String collection) {
        this.source = source;
        this.target = target;
        this.schema = KeptKeys.schema(source.schema()).renamed(collection);
    }

    /**
     * @return rows written, those of earlier runs too
     * @throws IllegalArgumentException if the collection is there with another schema, naming each field that differs
     */
    public long run(Bookmark bookmark, Progress progress) {
        Mark mark = bookmark.read();
        if (target.describe(schema.name()).isEmpty()) {
            // What the bookmark knows of has been dropped.
            mark = Mark.START;
        }
        target.create(schema);
        createPartitions();
        long all = source.count();
        progress.done(mark.rows(), all);
        try (RowSource.Rows batches = source.behind(mark)) {
            while (batches.hasNext()) {
                RowBatch batch = batches.next();
                target.upsert(schema.name(), partition(batch.partition()), batch.rows());
                mark = mark.behind(batch);
                bookmark.write(mark);
                progress.done(mark.rows(), all);
            }
        }
        bookmark.remove();
        return mark.rows();
    }

    private void createPartitions() {
        source.partitions().stream()
                .filter(partition -> !partition.equals(CollectionCheck.DEFAULT_PARTITION))
                .forEach(partition -> target.createPartition(schema.name(), partition));
    }

    static Optional<String> partition(String partition) {
        return Optional.of(partition).filter(named -> !named.equals(CollectionCheck.DEFAULT_PARTITION));
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
