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
 * place that its bookmark knows.
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
     *     cannot be read
     */
    public long run(Bookmark bookmark, Progress progress) {
        RestoredAliases restored = new RestoredAliases(target, schema.name(), aliases);
        restored.check();
        boolean isNew = target.describe(schema.name()).isEmpty();
        // If it is new, what the bookmark knows of has been dropped.
        Mark mark = isNew ? Mark.START : bookmark.read();
        source.check(mark);
        if (isNew) {
            target.create(schema);
            new KeptIndexes(target, schema).make(source.indexes());
        }
        target.create(schema);
        createPartitions();
        long all = source.count();
        RowWriter writer = new RowWriter(target, schema);
        progress.done(mark.rows(), all);
        try (RowSource.Rows batches = source.behind(mark)) {
            while (batches.hasNext()) {
                RowBatch batch = batches.next();
                writer.write(batch.partition(), batch.rows());
                mark = mark.behind(batch);
                bookmark.write(mark);
                progress.done(mark.rows(), all);
            }
        }
        restored.create();
        bookmark.remove();
        return mark.rows();
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
