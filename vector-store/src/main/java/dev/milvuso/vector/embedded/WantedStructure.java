package dev.milvuso.vector.embedded;

import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.index.HnswIndex;
import dev.milvuso.vector.index.HnswSettings;
import dev.milvuso.vector.index.IvfIndex;
import dev.milvuso.vector.index.IvfSettings;
import dev.milvuso.vector.index.Similarity;
import dev.milvuso.vector.index.VectorIndex;
import java.util.Optional;
import java.util.concurrent.Executor;

/** What an index of vectors of floats is to be made of. */
sealed interface WantedStructure {
    /** None, however many rows there are. */
    record Scan() implements WantedStructure {}

    /** Inverted lists, which also stand in for what is not made here. */
    record Lists() implements WantedStructure {}

    /** A graph, of as many links as there can be at most. */
    record Graph(int links, int breadth) implements WantedStructure {
        private HnswSettings settings(VectorField.Type.Dense type) {
            return new HnswSettings(similarity(type.metric()), type.dimension(), links, breadth, Integer.MAX_VALUE, 1);
        }
    }

    int MOST_LINKS = 256;

    /** @param spec none for no index */
    static WantedStructure of(Optional<IndexSpec> spec) {
        if (spec.isEmpty() || spec.get() instanceof IndexSpec.Flat) {
            return new Scan();
        }
        if (spec.get() instanceof IndexSpec.Hnsw hnsw) {
            int links = Math.min(MOST_LINKS, hnsw.degree());
            return new Graph(links, Math.max(links, hnsw.efConstruction()));
        }
        return new Lists();
    }

    /** Whether an index can have it, as it is. */
    default boolean fits(VectorIndex index, VectorField.Type.Dense type) {
        if (this instanceof Graph graph) {
            return index instanceof HnswIndex hnsw && hnsw.settings().equals(graph.settings(type));
        }
        return this instanceof Scan || index instanceof IvfIndex;
    }

    /** One that makes its structure only when it is told to. */
    default VectorIndex index(VectorField.Type.Dense type, Executor background) {
        if (this instanceof Graph graph) {
            return new HnswIndex(graph.settings(type), background);
        }
        return new IvfIndex(
                new IvfSettings(similarity(type.metric()), type.dimension(), Integer.MAX_VALUE, 1), background);
    }

    /** What it is when it is made of enough rows. */
    default String sentence() {
        return this instanceof Graph graph ? "a graph of " + graph.links() + " links" : "inverted lists";
    }

    private static Similarity similarity(Metric metric) {
        return switch (metric) {
            case INNER_PRODUCT -> Similarity.INNER_PRODUCT;
            case COSINE -> Similarity.COSINE;
            case EUCLIDEAN -> Similarity.EUCLIDEAN;
            case MANHATTAN -> Similarity.MANHATTAN;
        };
    }
}
