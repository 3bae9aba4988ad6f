package dev.milvuso.vector.transfer;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.check.CollectionCheck;
import java.util.List;
import java.util.Optional;

/**
 * Puts rows into a collection in such a way that writing them again changes nothing.
 *
 * <p>Milvus 2.3.5 puts what is upserted into a collection with a partition key where it is not looked for
 * (https://github.com/milvus-io/milvus/pull/30772). There rows are deleted and inserted, which is no worse here: what
 * is lost in between is written again by the transfer that goes on.
 */
record RowWriter(VectorStore store, CollectionSchema schema) {
    void write(String partition, List<Entity> rows) {
        if (schema.partitionKey().isPresent()) {
            store.deleteKeys(
                    schema.name(),
                    rows.stream().map(row -> row.key().orElseThrow()).toList());
            store.insert(schema.name(), rows);
        } else {
            store.upsert(
                    schema.name(),
                    Optional.of(partition).filter(named -> !named.equals(CollectionCheck.DEFAULT_PARTITION)),
                    rows);
        }
    }
}
