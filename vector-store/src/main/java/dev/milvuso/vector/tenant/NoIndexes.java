package dev.milvuso.vector.tenant;

import dev.milvuso.vector.Feature;
import dev.milvuso.vector.IndexDescription;
import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.Indexes;
import java.util.List;
import java.util.Optional;

/** Indexes are everybody's: a tenant sees and changes none. */
record NoIndexes() implements Indexes {
    private static UnsupportedOperationException none() {
        return Feature.INDEXES.missing(TenantVectorStore.NAME);
    }

    @Override
    public void create(String field, IndexSpec spec) {
        throw none();
    }

    @Override
    public void drop(String field) {
        throw none();
    }

    @Override
    public void replace(String field, IndexSpec spec) {
        throw none();
    }

    @Override
    public Optional<IndexDescription> describe(String field) {
        return Optional.empty();
    }

    @Override
    public List<IndexDescription> list() {
        return List.of();
    }
}
