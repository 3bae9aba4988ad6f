package dev.milvuso.vector.embedded;

import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import java.util.Arrays;

/** Vectors of floats side by side in one slab, rounded to what their precision holds. */
final class DenseColumn implements VectorColumn {
    private static final int FIRST_CAPACITY = 64;

    private final VectorField.Type.Dense type;
    private final int dimension;
    private float[] slab;
    private float[] norms = new float[FIRST_CAPACITY];

    DenseColumn(VectorField.Type.Dense type) {
        this.type = type;
        this.dimension = type.dimension();
        this.slab = new float[Math.multiplyExact(FIRST_CAPACITY, dimension)];
    }

    @Override
    public void put(int slot, Vector vector) {
        if (slot == norms.length) {
            int capacity = Math.multiplyExact(slot, 3) / 2;
            slab = Arrays.copyOf(slab, Math.multiplyExact(capacity, dimension));
            norms = Arrays.copyOf(norms, capacity);
        }
        float[] numbers = rounded(((Vector.Dense) vector).numbers());
        System.arraycopy(numbers, 0, slab, slot * dimension, dimension);
        norms[slot] = (float) Math.sqrt(Kernels.dot(numbers, slab, slot * dimension));
    }

    private float[] rounded(float[] numbers) {
        if (type.precision() == VectorField.Precision.FLOAT32) {
            return numbers;
        }
        boolean half = type.precision() == VectorField.Precision.FLOAT16;
        float[] rounded = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            rounded[i] = half ? ShortFloats.half(numbers[i]) : ShortFloats.brain(numbers[i]);
        }
        return rounded;
    }

    @Override
    public void move(int from, int to) {
        System.arraycopy(slab, from * dimension, slab, to * dimension, dimension);
        norms[to] = norms[from];
    }

    @Override
    public Vector at(int slot) {
        return Vector.of(Arrays.copyOfRange(slab, slot * dimension, (slot + 1) * dimension));
    }

    @Override
    public Scorer scorer(Vector vector) {
        float[] query = rounded(((Vector.Dense) vector).numbers());
        return switch (type.metric()) {
            case INNER_PRODUCT -> slot -> Kernels.dot(query, slab, slot * dimension);
            case COSINE -> {
                float norm = (float) Math.sqrt(Kernels.dot(query, query, 0));
                yield slot -> {
                    float product = norm * norms[slot];
                    return product == 0 ? 0 : Kernels.dot(query, slab, slot * dimension) / product;
                };
            }
            case EUCLIDEAN -> (Distance) slot -> -Kernels.squaredDistance(query, slab, slot * dimension);
        };
    }
}
