package dev.milvuso.vector.transfer.file;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.KeyField;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.check.CollectionCheck;
import dev.milvuso.vector.transfer.Mark;
import dev.milvuso.vector.transfer.RowBatch;
import dev.milvuso.vector.transfer.RowSource;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/** The vectors of a file as rows: a key and one vector each. */
public final class VectorFileRows implements RowSource {
    private static final long BATCH_BYTES = 8 << 20;
    private static final long MOST_ROWS = 1000;

    private final VectorFile file;
    private final RowIds ids;
    private final CollectionSchema schema;
    private final int batch;

    /**
     * @param metric what the collection compares the vectors by
     * @param vectorField the name of the collection's vector field
     * @throws IllegalArgumentException if there are not as many ids as vectors, an id stands twice, or a collection
     *     cannot have them
     */
    public VectorFileRows(VectorFile file, RowIds ids, Metric metric, String collection, String vectorField) {
        if (ids.count() != file.count()) {
            throw new IllegalArgumentException(
                    file.name() + " has " + file.count() + " vectors for " + ids.count() + " ids: must be as many");
        }
        DistinctIds.check(ids, ids.key().equals(KeyField.TEXT) ? "lines" : "rows");
        this.file = file;
        this.ids = ids;
        this.schema = CollectionSchema.named(collection)
                .key(ids.key())
                .vector(vectorField, file.dimension(), metric)
                .build();
        this.batch = (int) Math.max(1, Math.min(MOST_ROWS, BATCH_BYTES / (4L * file.dimension())));
    }

    @Override
    public CollectionSchema schema() {
        return schema;
    }

    @Override
    public List<String> partitions() {
        return List.of(CollectionCheck.DEFAULT_PARTITION);
    }

    @Override
    public long count() {
        return file.count();
    }

    @Override
    public boolean isOrdered() {
        return ids instanceof RowIds.Positions;
    }

    @Override
    public Rows behind(Mark mark) {
        return new Batches(mark.rows());
    }

    private final class Batches implements Rows {
        private long at;

        Batches(long at) {
            this.at = at;
        }

        @Override
        public boolean hasNext() {
            return at < file.count();
        }

        @Override
        public RowBatch next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no more vectors of " + file.name());
            }
            int rows = (int) Math.min(batch, file.count() - at);
            float[][] vectors = file.read(at, rows);
            List<Id> keys = ids.read(at, rows);
            List<Entity> entities = new ArrayList<>(rows);
            for (int i = 0; i < rows; i++) {
                entities.add(Entity.of(keys.get(i)).with(schema.vectors().get(0).name(), Vector.of(vectors[i])));
            }
            at += rows;
            return new RowBatch(CollectionCheck.DEFAULT_PARTITION, entities);
        }
    }
}
