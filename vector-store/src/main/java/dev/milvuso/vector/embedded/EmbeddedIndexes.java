package dev.milvuso.vector.embedded;

import dev.milvuso.vector.IndexDescription;
import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.Indexes;
import dev.milvuso.vector.check.IndexCheck;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The indexes of a collection of this process. */
final class EmbeddedIndexes implements Indexes {
    private final Supplier<EmbeddedCollection> collection;
    private final Writer writer;

    /** Writes a change down and does it. */
    interface Writer {
        void write(EmbeddedCollection collection, String field, Optional<IndexSpec> spec);
    }

    /** @param collection fails if it is not there */
    EmbeddedIndexes(Supplier<EmbeddedCollection> collection, Writer writer) {
        this.collection = collection;
        this.writer = writer;
    }

    @Override
    public void create(String field, IndexSpec spec) {
        EmbeddedCollection it = collection.get();
        IndexCheck.check(it.schema(), field, spec);
        Optional<IndexSpec> there = it.indexes().of(field);
        if (there.isEmpty()) {
            writer.write(it, field, Optional.of(spec));
        } else {
            IndexCheck.same(field, there.get(), spec);
        }
    }

    @Override
    public void drop(String field) {
        EmbeddedCollection it = collection.get();
        IndexCheck.field(it.schema(), Optional.of(field));
        if (it.indexes().of(field).isPresent()) {
            writer.write(it, field, Optional.empty());
        }
    }

    @Override
    public void replace(String field, IndexSpec spec) {
        EmbeddedCollection it = collection.get();
        IndexCheck.check(it.schema(), field, spec);
        if (!it.indexes().of(field).equals(Optional.of(spec))) {
            writer.write(it, field, Optional.of(spec));
        }
        it.rebuild(field);
    }

    @Override
    public Optional<IndexDescription> describe(String field) {
        EmbeddedCollection it = collection.get();
        IndexCheck.field(it.schema(), Optional.of(field));
        return it.indexes().of(field).map(spec -> it.index(field, spec));
    }

    @Override
    public List<IndexDescription> list() {
        EmbeddedCollection it = collection.get();
        return it.indexes().all().entrySet().stream()
                .map(index -> it.index(index.getKey(), index.getValue()))
                .toList();
    }
}
