package dev.milvuso.vector.embedded;

import dev.milvuso.vector.IndexDescription;
import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import java.util.Optional;

/** A vector field's vectors, by slot. Not for use by several threads while it is written. */
interface VectorColumn {
    static VectorColumn of(VectorField.Type type, IndexWork work) {
        if (type instanceof VectorField.Type.Dense dense) {
            return new DenseColumn(dense, work);
        }
        return type instanceof VectorField.Type.Binary binary ? new BinaryColumn(binary) : new SparseColumn();
    }

    /**
     * In their order, each in place of what the slot holds.
     *
     * @param vectors checked against the field
     */
    void putAll(int[] slots, Vector[] vectors);

    /** Gives the memory back. */
    void remove(int slot);

    /** Of a slot that holds one. */
    Vector at(int slot);

    /** Of memory, by arrays' sizes. */
    long bytes();

    /** @param query checked against the field */
    Scorer scorer(Vector query);

    /** @param spec none to have no index */
    default void index(Optional<IndexSpec> spec) {}

    /** @param rows that there are */
    default IndexState indexState(IndexSpec spec, int rows) {
        return new IndexState("an exact scan", IndexDescription.State.READY, rows, 0, Optional.empty());
    }

    /** See {@link IndexDescription}. */
    record IndexState(
            String structure, IndexDescription.State state, long indexed, long pending, Optional<String> failure) {}

    /** Larger is better inside; what is shown is what the metric says. */
    interface Scorer {
        float score(int slot);

        default float shown(float score) {
            return score;
        }
    }

    /** Of a distance. */
    interface Distance extends Scorer {
        @Override
        default float shown(float score) {
            return score == 0 ? 0 : -score;
        }
    }
}
