package dev.milvuso.vector.tenant;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorStore;
import java.util.List;
import java.util.UUID;

/**
 * Tries whether rows that were upserted are found by their partition key. Milvus 2.3.5 shares them out by another field
 * than the key and then looks where the key says (https://github.com/milvus-io/milvus/pull/30772).
 */
record PartitionKeyProbe(VectorStore store) {
    private static final String FIELD = "part";
    private static final int ROWS = 8;

    /** @throws UnsupportedOperationException if they are not found */
    void demand() {
        String name = "milvuso_probe_" + UUID.randomUUID().toString().replace('-', '_');
        store.create(CollectionSchema.named(name)
                .vector("vector", 2, Metric.EUCLIDEAN)
                .field(FIELD, Field.Type.TEXT)
                .partitionKey(FIELD)
                .build());
        try {
            for (int i = 0; i < ROWS; i++) {
                Entity row = Entity.of(Id.of("row " + i)).with("vector", Vector.of(1, i));
                store.upsert(name, List.of(row.with(FIELD, (Object) ("part " + i))));
                if (store.count(name, Filter.equal(FIELD, "part " + i)) == 0) {
                    throw new UnsupportedOperationException("this store does not find upserted rows by a partition key:"
                            + " keep tenants apart by field, by collection or by database");
                }
            }
        } finally {
            store.drop(name);
        }
    }
}
