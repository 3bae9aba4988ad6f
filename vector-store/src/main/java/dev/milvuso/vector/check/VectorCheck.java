package dev.milvuso.vector.check;

import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import java.util.function.Supplier;

/** Refuses vectors that do not fit a field. */
public final class VectorCheck {
    /** The largest number that half precision has. */
    private static final float LARGEST_HALF = 65504;

    /**
     * @param where begins the message, of which there mostly is none
     * @throws IllegalArgumentException naming what is wrong
     */
    public void check(Supplier<String> where, VectorField.Type type, Vector vector) {
        if (type instanceof VectorField.Type.Dense field && vector instanceof Vector.Dense dense) {
            dense(where, field, dense.numbers());
        } else if (type instanceof VectorField.Type.Binary field && vector instanceof Vector.Binary binary) {
            if (binary.bits().length * 8 != field.dimension()) {
                throw new IllegalArgumentException(where.get() + "the vector has " + binary.bits().length * 8
                        + " bits, must have " + field.dimension());
            }
        } else if (type instanceof VectorField.Type.Sparse && vector instanceof Vector.Sparse sparse) {
            sparse(where, sparse);
        } else {
            throw new IllegalArgumentException(
                    where.get() + "the vector is " + kind(vector) + ", must be " + kind(type));
        }
    }

    private static String kind(Vector vector) {
        return vector instanceof Vector.Dense ? "dense" : vector instanceof Vector.Binary ? "binary" : "sparse";
    }

    private static String kind(VectorField.Type type) {
        return type instanceof VectorField.Type.Dense
                ? "dense"
                : type instanceof VectorField.Type.Binary ? "binary" : "sparse";
    }

    private static void sparse(Supplier<String> where, Vector.Sparse sparse) {
        if (sparse.indices().length == 0) {
            throw new IllegalArgumentException(where.get() + "the sparse vector is empty: must have a number");
        }
        for (float number : sparse.numbers()) {
            if (!Float.isFinite(number)) {
                throw new IllegalArgumentException(where.get() + "the vector holds " + number);
            }
        }
    }

    private static void dense(Supplier<String> where, VectorField.Type.Dense type, float[] vector) {
        if (vector.length != type.dimension()) {
            throw new IllegalArgumentException(
                    where.get() + "the vector has " + vector.length + " numbers, must have " + type.dimension());
        }
        float largest = type.precision() == VectorField.Precision.FLOAT16 ? LARGEST_HALF : Float.MAX_VALUE;
        for (float number : vector) {
            // NaN is neither.
            if (!(Math.abs(number) <= largest)) {
                throw new IllegalArgumentException(where.get() + "the vector holds " + number);
            }
        }
        if (type.metric() == Metric.COSINE && !hasDirection(vector)) {
            throw new IllegalArgumentException(
                    where.get() + "the vector's length is 0 or not a number in float: the cosine needs a direction");
        }
    }

    private static boolean hasDirection(float[] vector) {
        float squares = 0;
        for (float number : vector) {
            squares += number * number;
        }
        return squares > 0 && Float.isFinite(squares);
    }
}
