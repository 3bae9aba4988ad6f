package dev.milvuso.benchmarks.milvus;

import dev.milvuso.config.MilvusConfig;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.KeyField;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.milvus.MilvusVectorStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Milvuso's own store on Milvus. */
final class AdapterSide implements Side {
    private final String collection;
    private final MilvusVectorStore store;
    private final CollectionSchema schema;

    AdapterSide(MilvusConfig config, String collection, int dimension) {
        this.collection = collection;
        this.store = new MilvusVectorStore(config);
        this.schema = CollectionSchema.named(collection)
                .key(KeyField.INTEGER)
                .vector("vector", dimension, Metric.EUCLIDEAN)
                .field("year", Field.Type.INTEGER)
                .build();
    }

    @Override
    public void empty() {
        store.drop(collection);
        store.create(schema);
    }

    @Override
    public void insert(long first, List<float[]> vectors, int batch) {
        store.insert(
                collection,
                IntStream.range(0, vectors.size())
                        .mapToObj(i -> new Entity(
                                Optional.of(Id.of(first + i)),
                                Map.of("vector", Vector.of(vectors.get(i))),
                                Map.of("year", 1900 + (first + i) % 100)))
                        .toList());
    }

    @Override
    public int search(float[] query, int k) {
        return store.search(collection, SearchRequest.nearest(query, k)).size();
    }

    @Override
    public void delete(List<Long> keys) {
        store.deleteKeys(collection, keys.stream().map(Id::of).toList());
    }

    @Override
    public void close() {
        store.drop(collection);
        store.close();
    }
}
