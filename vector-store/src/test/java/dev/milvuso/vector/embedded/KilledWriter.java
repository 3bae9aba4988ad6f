package dev.milvuso.vector.embedded;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.VectorStore;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Writes to a store until it is killed: upserts, inserts of new rows and deletes, each step known by its number alone.
 * It prints how many steps have returned.
 */
final class KilledWriter {
    static final String COLLECTION = "killed";
    static final int DIMENSION = 16;
    /** So few that there are lists. */
    static final int EXACT_BELOW = 500;

    private static final int KEYS = 4000;
    private static final int AT_ONCE = 40;

    private KilledWriter() {}

    /** @param arguments the directory, and how many steps were done before */
    public static void main(String[] arguments) {
        EmbeddedVectorStore store = EmbeddedVectorStore.in(Path.of(arguments[0]), EXACT_BELOW);
        store.create(new CollectionSchema(
                COLLECTION, DIMENSION, Metric.EUCLIDEAN, List.of(new Field("step", Field.Type.INTEGER))));
        for (int step = Integer.parseInt(arguments[1]); true; step++) {
            Step.of(step).write(store);
            System.out.println(step + 1);
        }
    }

    /** What one call writes or deletes. */
    record Step(int number, List<String> ids, boolean deletes) {
        static Step of(int number) {
            SplittableRandom random = new SplittableRandom(number);
            List<String> ids = IntStream.range(0, AT_ONCE)
                    .map(i -> random.nextInt(KEYS))
                    .distinct()
                    .mapToObj(key -> "id" + key)
                    .toList();
            return new Step(number, ids, random.nextInt(4) == 0);
        }

        void write(VectorStore store) {
            if (deletes) {
                store.delete(COLLECTION, ids);
            } else {
                store.upsert(COLLECTION, ids.stream().map(this::entity).toList());
            }
        }

        private Entity entity(String id) {
            return new Entity(id, vector(id), Map.of("step", (long) number));
        }

        private float[] vector(String id) {
            SplittableRandom random = new SplittableRandom(((long) number << 32) + id.hashCode());
            float[] vector = new float[DIMENSION];
            for (int i = 0; i < DIMENSION; i++) {
                vector[i] = (float) random.nextDouble(-1, 1);
            }
            return vector;
        }

        /** Does to a map from keys to rows what {@link #write} does to a store. */
        void write(Map<Id, Entity> rows) {
            for (String id : ids) {
                if (deletes) {
                    rows.remove(Id.of(id));
                } else {
                    rows.put(Id.of(id), entity(id));
                }
            }
        }
    }

    /** What is there after so many steps. */
    static Map<Id, Entity> after(int steps) {
        Map<Id, Entity> rows = new HashMap<>();
        for (int step = 0; step < steps; step++) {
            Step.of(step).write(rows);
        }
        return rows;
    }
}
