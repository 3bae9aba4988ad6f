package dev.milvuso.vector.cache;

import dev.milvuso.vector.IndexDescription;
import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.Indexes;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Indexes whose changes somebody is told of, since other indexes find other rows.
 *
 * @param changing runs a change
 */
record WatchedIndexes(Indexes indexes, Consumer<Runnable> changing) implements Indexes {
    @Override
    public void create(String field, IndexSpec spec) {
        changing.accept(() -> indexes.create(field, spec));
    }

    @Override
    public void drop(String field) {
        changing.accept(() -> indexes.drop(field));
    }

    @Override
    public void replace(String field, IndexSpec spec) {
        changing.accept(() -> indexes.replace(field, spec));
    }

    @Override
    public Optional<IndexDescription> describe(String field) {
        return indexes.describe(field);
    }

    @Override
    public List<IndexDescription> list() {
        return indexes.list();
    }
}
