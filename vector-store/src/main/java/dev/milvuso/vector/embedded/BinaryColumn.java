package dev.milvuso.vector.embedded;

import dev.milvuso.vector.BinaryMetric;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import java.util.ArrayList;
import java.util.List;

/** Vectors of bits. */
final class BinaryColumn implements VectorColumn {
    private static final byte[] NOTHING = {};
    /** Of an array, and the reference to it. */
    private static final int HEADER = 16 + 4;

    private final BinaryMetric metric;
    private final List<byte[]> rows = new ArrayList<>();

    BinaryColumn(VectorField.Type.Binary type) {
        this.metric = type.metric();
    }

    @Override
    public void putAll(int[] slots, Vector[] vectors) {
        for (int i = 0; i < slots.length; i++) {
            while (rows.size() <= slots[i]) {
                rows.add(NOTHING);
            }
            rows.set(slots[i], ((Vector.Binary) vectors[i]).bits().clone());
        }
    }

    @Override
    public void remove(int slot) {
        rows.set(slot, NOTHING);
    }

    @Override
    public Vector at(int slot) {
        return new Vector.Binary(rows.get(slot).clone());
    }

    @Override
    public long bytes() {
        return rows.stream().mapToLong(row -> HEADER + row.length).sum();
    }

    @Override
    public Scorer scorer(Vector vector) {
        byte[] query = ((Vector.Binary) vector).bits();
        return metric == BinaryMetric.HAMMING
                ? (Distance) slot -> -differing(query, rows.get(slot))
                : (Distance) slot -> -jaccard(query, rows.get(slot));
    }

    private static int differing(byte[] a, byte[] b) {
        int bits = 0;
        for (int i = 0; i < a.length; i++) {
            bits += Integer.bitCount((a[i] ^ b[i]) & 0xFF);
        }
        return bits;
    }

    private static float jaccard(byte[] a, byte[] b) {
        int both = 0;
        int either = 0;
        for (int i = 0; i < a.length; i++) {
            both += Integer.bitCount(a[i] & b[i] & 0xFF);
            either += Integer.bitCount((a[i] | b[i]) & 0xFF);
        }
        // Milvus says so of two vectors without any bit as well.
        return either == 0 ? 0 : (float) (either - both) / either;
    }
}
