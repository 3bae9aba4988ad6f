package dev.milvuso.vector.transfer;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.IndexDescription;
import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.Indexes;
import dev.milvuso.vector.VectorStore;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a new collection the indexes that another has. Where the store has no such index it keeps the one of its own
 * choice: rows are worth more than the way to them.
 */
record KeptIndexes(VectorStore store, CollectionSchema schema) {
    private static final Logger LOG = LoggerFactory.getLogger(KeptIndexes.class);

    void make(Map<String, IndexSpec> wanted) {
        wanted.forEach(this::make);
    }

    private void make(String field, IndexSpec spec) {
        Indexes indexes = store.indexes(schema.name());
        Optional<IndexSpec> there = indexes.describe(field).map(IndexDescription::spec);
        if (there.equals(Optional.of(spec))) {
            return;
        }
        try {
            indexes.replace(field, spec);
        } catch (UnsupportedOperationException e) {
            LOG.info("collection {}: no index {} of field {} here: {}", schema.name(), spec, field, e.getMessage());
        }
    }
}
