package dev.milvuso.server;

import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.SwitchedStore;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.learned.LearnedCollections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The collections that the trainer makes, of two numbers a vector. */
final class TrainedStore {
    private TrainedStore() {}

    static SwitchedStore empty() {
        return empty(2);
    }

    /** @param dimension of the vectors */
    static SwitchedStore empty(int dimension) {
        SwitchedStore store = new SwitchedStore();
        LearnedCollections.lasting(config(dimension)).forEach(store::create);
        return store;
    }

    /** @param dimension of the vectors */
    static Config config(int dimension) {
        return ConfigLoader.load(
                Optional.empty(),
                Map.of(),
                List.of("milvus.dimension=" + dimension, "recommendation.embedding_dim=" + dimension));
    }

    /** As the trainer writes it. */
    static void user(VectorStore store, String id, float... vector) {
        row(store, "milvuso_users", id, vector);
    }

    /** As {@link #user}. */
    static void item(VectorStore store, String id, float... vector) {
        row(store, "milvuso_items", id, vector);
    }

    private static void row(VectorStore store, String collection, String id, float[] vector) {
        store.upsert(
                collection,
                List.of(new Entity(
                        id, vector, Map.of("model_version", ServerFixture.VERSION.value(), "epoch", 1L, "step", 1L))));
    }
}
