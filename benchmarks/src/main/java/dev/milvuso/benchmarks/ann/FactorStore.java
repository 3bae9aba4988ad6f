package dev.milvuso.benchmarks.ann;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A collection of items of {@link Factors}, with a number of each to filter by. */
final class FactorStore {
    static final String COLLECTION = "items";
    /** Holds 0 to 999, at random. */
    static final String THOUSANDTHS = "thousandths";

    private static final int AT_ONCE = 10_000;

    private FactorStore() {}

    static String key(int row) {
        return "item-" + row;
    }

    /** Unless it is there already; with its index. */
    static void fill(EmbeddedVectorStore store, Vectors items) {
        if (!store.list().contains(COLLECTION)) {
            Field field = new Field(THOUSANDTHS, new Field.Type.Int(32));
            store.create(new CollectionSchema(COLLECTION, items.dimension(), Metric.INNER_PRODUCT, List.of(field)));
        }
        for (int from = (int) store.count(COLLECTION); from < items.count(); from += AT_ONCE) {
            write(store, items, from, Math.min(items.count(), from + AT_ONCE));
        }
        store.indexes(COLLECTION).await(CollectionSchema.VECTOR, Duration.ofHours(1));
    }

    /** The rows from one number to another, written or replaced. */
    static void write(EmbeddedVectorStore store, Vectors items, int from, int to) {
        store.upsert(
                COLLECTION,
                IntStream.range(from, to)
                        .mapToObj(row -> new Entity(key(row), items.row(row), Map.of(THOUSANDTHS, thousandths(row))))
                        .toList());
    }

    private static long thousandths(int row) {
        return new SplittableRandom(row).nextInt(1000);
    }
}
