package dev.milvuso.vector.transfer;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.KeyField;

/** The schema of a collection that takes over the keys that another's store has made. */
final class KeptKeys {
    private KeptKeys() {}

    static CollectionSchema schema(CollectionSchema schema) {
        return new CollectionSchema(
                schema.name(),
                new KeyField(schema.key().name(), schema.key().type(), false),
                schema.vectors(),
                schema.fields(),
                schema.dynamic(),
                schema.partitionKey(),
                schema.timeToLive());
    }
}
