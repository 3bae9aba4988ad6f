package dev.milvuso.vector.transfer;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.IndexDescription;
import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.Path;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.check.CollectionCheck;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rows of a collection as they are while they are read: of rows written meanwhile it is not said whether they come.
 */
public final class StoreRows implements RowSource {
    private final VectorStore store;
    private final CollectionSchema schema;

    /** @throws IllegalArgumentException if there is no such collection */
    public StoreRows(VectorStore store, String collection) {
        this.store = store;
        this.schema = store.describe(collection)
                .orElseThrow(() -> new IllegalArgumentException("there is no collection " + collection));
    }

    @Override
    public CollectionSchema schema() {
        return schema;
    }

    @Override
    public Map<String, IndexSpec> indexes() {
        return store.indexes(schema.name()).list().stream()
                .collect(Collectors.toMap(IndexDescription::field, IndexDescription::spec));
    }

    @Override
    public List<String> partitions() {
        // Where a field says the partition, the store shares the rows out by itself.
        return schema.partitionKey().isPresent()
                ? List.of(CollectionCheck.DEFAULT_PARTITION)
                : store.partitions(schema.name()).stream().sorted().toList();
    }

    @Override
    public List<String> aliases() {
        return store.aliases(schema.name()).stream().sorted().toList();
    }

    @Override
    public long count() {
        return store.count(schema.name());
    }

    @Override
    public Rows behind(Mark mark) {
        return new Batches(mark);
    }

    /** A partition that is not loaded, or is gone, would be found only when all before it have been read. */
    @Override
    public void check(Mark mark) {
        List<String> all = partitions();
        for (String partition : all) {
            if (mark.partition()
                    .filter(reached -> partition.compareTo(reached) < 0)
                    .isEmpty()) {
                List<Entity> unused = store.query(
                        schema.name(),
                        new QueryRequest(
                                Optional.empty(), Output.KEY, all.size() == 1 ? Set.of() : Set.of(partition), 0, 1));
            }
        }
    }

    private Iterator<List<Entity>> batches(String partition, Optional<Id> behind, boolean alone) {
        Optional<Filter> filter = behind.map(key -> Path.of(schema.key().name()).above(key.plain()));
        Set<String> in = alone ? Set.of() : Set.of(partition);
        int batch = BatchSize.rows(schema);
        return store.iterate(schema.name(), new QueryRequest(filter, Output.ALL, in, 0, batch), batch);
    }

    private final class Batches implements Rows {
        private final List<String> partitions = partitions();
        private List<Entity> ready = List.of();
        private int at;
        private Iterator<List<Entity>> batches;
        private Optional<Id> last;

        Batches(Mark mark) {
            while (at < partitions.size() - 1
                    && mark.partition()
                            .filter(reached -> partitions.get(at).compareTo(reached) < 0)
                            .isPresent()) {
                at++;
            }
            this.last = partitions.get(at).equals(mark.partition().orElse("")) ? mark.key() : Optional.empty();
            this.batches = open();
        }

        private Iterator<List<Entity>> open() {
            return batches(partitions.get(at), last, partitions.size() == 1);
        }

        @Override
        public boolean hasNext() {
            while (ready.isEmpty() && (batches.hasNext() || at < partitions.size() - 1)) {
                if (batches.hasNext()) {
                    ready = batches.next();
                } else {
                    at++;
                    last = Optional.empty();
                    batches = open();
                }
            }
            return !ready.isEmpty();
        }

        @Override
        public RowBatch next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no more rows of " + schema.name());
            }
            RowBatch batch = new RowBatch(partitions.get(at), ready);
            ready = List.of();
            batch.rows().forEach(this::checkOrder);
            return batch;
        }

        /** Everything that goes on behind a key depends on it. */
        private void checkOrder(Entity row) {
            Id key = row.key().orElseThrow();
            if (last.isPresent() && last.get().compareTo(key) >= 0) {
                throw new IllegalStateException("the store gave key " + key + " of collection " + schema.name()
                        + " behind " + last.get() + ": rows must come in the order of their keys");
            }
            last = Optional.of(key);
        }
    }
}
