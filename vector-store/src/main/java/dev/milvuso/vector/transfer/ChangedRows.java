package dev.milvuso.vector.transfer;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.check.EntityCheck;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/** The rows of a source as they are to be in a collection of another schema. */
public final class ChangedRows implements RowSource {
    private final RowSource source;
    private final CollectionSchema schema;
    private final Function<Entity, Optional<Entity>> change;
    private final EntityCheck check;

    /**
     * @param schema of the rows as they are to be
     * @param change of each row, which keeps its key; nothing leaves it out
     * @throws IllegalArgumentException if keys or partitions of the two schemas do not go together
     */
    public ChangedRows(RowSource source, CollectionSchema schema, Function<Entity, Optional<Entity>> change) {
        if (!schema.key().type().getClass().equals(source.schema().key().type().getClass())) {
            throw new IllegalArgumentException("rows of " + source.schema().name() + " have keys of type "
                    + source.schema().key().type().label() + " and are to have keys of type "
                    + schema.key().type().label() + ": must be the same");
        }
        if (schema.partitionKey().isPresent() && source.partitions().size() > 1) {
            throw new IllegalArgumentException("rows of " + source.schema().name() + " lie in the partitions "
                    + source.partitions() + " and are to be shared out by "
                    + schema.partitionKey().get()
                    + ": bring them into one partition first");
        }
        this.source = source;
        this.schema = KeptKeys.schema(schema);
        this.change = change;
        this.check = new EntityCheck(this.schema);
    }

    @Override
    public CollectionSchema schema() {
        return schema;
    }

    @Override
    public List<String> partitions() {
        return source.partitions();
    }

    @Override
    public long count() {
        return source.count();
    }

    @Override
    public void check(Mark mark) {
        source.check(mark);
    }

    @Override
    public boolean isOrdered() {
        return source.isOrdered();
    }

    @Override
    public Rows behind(Mark mark) {
        return new Changed(source.behind(mark));
    }

    private Optional<Entity> changed(Entity row) {
        Optional<Entity> changed = change.apply(row);
        if (changed.isPresent() && !changed.get().key().equals(row.key())) {
            throw new IllegalArgumentException(
                    "row " + row.id() + " has got the key " + changed.get().key() + ": a change must keep it");
        }
        return changed;
    }

    private final class Changed implements Rows {
        private final Rows rows;
        private Optional<RowBatch> ready = Optional.empty();

        Changed(Rows rows) {
            this.rows = rows;
        }

        @Override
        public boolean hasNext() {
            while (ready.isEmpty() && rows.hasNext()) {
                RowBatch batch = rows.next();
                List<Entity> changed = batch.rows().stream()
                        .flatMap(row -> changed(row).stream())
                        .toList();
                if (!changed.isEmpty()) {
                    ready = Optional.of(new RowBatch(batch.partition(), check.upserted(changed)));
                }
            }
            return ready.isPresent();
        }

        @Override
        public RowBatch next() {
            if (!hasNext()) {
                throw new NoSuchElementException(
                        "no more rows of " + source.schema().name());
            }
            RowBatch batch = ready.orElseThrow();
            ready = Optional.empty();
            return batch;
        }

        @Override
        public void close() {
            rows.close();
        }
    }
}
