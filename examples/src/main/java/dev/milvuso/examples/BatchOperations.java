package dev.milvuso.examples;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.KeyField;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.PartialWriteException;
import dev.milvuso.vector.Path;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorStore;
import java.io.PrintStream;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Many rows at a time: write, write again what was not stored, read through all of them, search for several at once.
 */
public final class BatchOperations {
    private static final String COLLECTION = "example_batches";
    private static final int ROWS = 10_000;
    private static final int DIMENSION = 32;
    private static final int ATTEMPTS = 5;

    private BatchOperations() {}

    public static void main(String[] arguments) {
        try (VectorStore store = Stores.open(arguments)) {
            run(store, System.out);
        }
    }

    static void run(VectorStore store, PrintStream out) {
        store.drop(COLLECTION);
        store.create(CollectionSchema.named(COLLECTION)
                .key(KeyField.INTEGER)
                .vector("vector", DIMENSION, Metric.COSINE)
                .field("group", Field.Type.INTEGER)
                .build());

        List<Entity> rows = rows(new Random(1));
        // One call: the store splits it into batches by itself. An upsert may be sent again without doubling anything.
        upsertAll(store, rows);
        out.println(store.count(COLLECTION) + " rows");

        long read = 0;
        QueryRequest evenGroups = QueryRequest.where(Path.of("group").isIn(List.of(0, 2, 4, 6, 8)))
                .output(Output.of("group"));
        for (Iterator<List<Entity>> pages = store.iterate(COLLECTION, evenGroups, 1000); pages.hasNext(); ) {
            read += pages.next().size();
        }
        out.println(read + " rows in groups of even numbers");

        Vector[] queries = rows.subList(0, 3).stream()
                .map(row -> row.vectors().get("vector"))
                .toArray(Vector[]::new);
        List<List<Hit>> results =
                store.searchAll(COLLECTION, SearchRequest.of(queries).k(5).build());
        results.forEach(hits ->
                out.println("the nearest of a row is itself: " + hits.get(0).id()));

        store.deleteWhere(COLLECTION, Path.of("group").atLeast(5));
        store.deleteKeys(COLLECTION, IntStream.range(0, 5).mapToObj(Id::of).toList());
        out.println(store.count(COLLECTION) + " rows are left");
        store.drop(COLLECTION);
    }

    private static List<Entity> rows(Random random) {
        return IntStream.range(0, ROWS).mapToObj(i -> row(i, random)).toList();
    }

    private static Entity row(long id, Random random) {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return Entity.of(Id.of(id)).with("vector", Vector.of(vector)).with("group", (Object) (id % 10));
    }

    /** What a store that is away for a moment did not take is sent once more. */
    private static void upsertAll(VectorStore store, List<Entity> rows) {
        List<Entity> waiting = rows;
        for (int attempt = 1; !waiting.isEmpty(); attempt++) {
            try {
                store.upsert(COLLECTION, waiting);
                return;
            } catch (PartialWriteException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                waiting = e.notDone().stream().map(waiting::get).toList();
            }
        }
    }
}
