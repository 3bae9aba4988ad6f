package dev.milvuso.vector.embedded;

import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;

/** A vector field's vectors, by slot. Not for use by several threads while it is written. */
interface VectorColumn {
    static VectorColumn of(VectorField.Type type) {
        if (type instanceof VectorField.Type.Dense dense) {
            return new DenseColumn(dense);
        }
        return type instanceof VectorField.Type.Binary binary ? new BinaryColumn(binary) : new SparseColumn();
    }

    /**
     * @param slot at most one beyond those that were put before
     * @param vector checked against the field
     */
    void put(int slot, Vector vector);

    void move(int from, int to);

    Vector at(int slot);

    /** @param query checked against the field */
    Scorer scorer(Vector query);

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
