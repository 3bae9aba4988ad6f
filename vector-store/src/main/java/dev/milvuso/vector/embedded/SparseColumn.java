package dev.milvuso.vector.embedded;

import dev.milvuso.vector.Vector;
import java.util.ArrayList;
import java.util.List;

/** Sparse vectors, by inner product. */
final class SparseColumn implements VectorColumn {
    private static final Vector.Sparse NOTHING = new Vector.Sparse(new int[0], new float[0]);

    /** Of a vector and its two arrays, and the reference to it. */
    private static final int HEADER = 3 * 16 + 3 * 4;

    private final List<Vector.Sparse> rows = new ArrayList<>();

    @Override
    public void putAll(int[] slots, Vector[] vectors) {
        for (int i = 0; i < slots.length; i++) {
            while (rows.size() <= slots[i]) {
                rows.add(NOTHING);
            }
            rows.set(slots[i], (Vector.Sparse) vectors[i]);
        }
    }

    @Override
    public void remove(int slot) {
        rows.set(slot, NOTHING);
    }

    @Override
    public Vector at(int slot) {
        return rows.get(slot);
    }

    @Override
    public long bytes() {
        return rows.stream()
                .mapToLong(row -> HEADER + 8L * row.indices().length)
                .sum();
    }

    @Override
    public Scorer scorer(Vector query) {
        return slot -> product((Vector.Sparse) query, rows.get(slot));
    }

    /** NaN of two that share no index, which do not find each other. */
    private static float product(Vector.Sparse a, Vector.Sparse b) {
        boolean shares = false;
        float sum = 0;
        int j = 0;
        for (int i = 0; i < a.indices().length && j < b.indices().length; i++) {
            while (j < b.indices().length && b.indices()[j] < a.indices()[i]) {
                j++;
            }
            if (j < b.indices().length && b.indices()[j] == a.indices()[i]) {
                sum += a.numbers()[i] * b.numbers()[j];
                shares = true;
            }
        }
        return shares ? sum : Float.NaN;
    }
}
