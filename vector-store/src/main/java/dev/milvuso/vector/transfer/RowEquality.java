package dev.milvuso.vector.transfer;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether two rows say the same. Numbers of vectors that are kept in 16 bits may differ by their rounding. */
final class RowEquality {
    /** Relative rounding of a number of 11 and of 8 bits, and the least that half precision tells from 0. */
    private static final float HALF = 1f / 1024;

    private static final float BRAIN = 1f / 128;
    private static final float LEAST_HALF = 6e-8f;

    private final Map<String, Float> roundings = new HashMap<>();

    RowEquality(CollectionSchema schema) {
        for (VectorField vector : schema.vectors()) {
            if (vector.type() instanceof VectorField.Type.Dense dense
                    && dense.precision() != VectorField.Precision.FLOAT32) {
                roundings.put(vector.name(), dense.precision() == VectorField.Precision.FLOAT16 ? HALF : BRAIN);
            }
        }
    }

    boolean areEqual(Entity first, Entity second) {
        return first.key().equals(second.key())
                && first.fields().equals(second.fields())
                && first.vectors().keySet().equals(second.vectors().keySet())
                && first.vectors().entrySet().stream()
                        .allMatch(vector -> areEqual(
                                vector.getKey(),
                                vector.getValue(),
                                second.vectors().get(vector.getKey())));
    }

    private boolean areEqual(String name, Vector first, @Nullable Vector second) {
        Float rounding = roundings.get(name);
        if (rounding == null || !(first instanceof Vector.Dense one) || !(second instanceof Vector.Dense other)) {
            return first.equals(second);
        }
        boolean equal = one.numbers().length == other.numbers().length;
        for (int i = 0; equal && i < one.numbers().length; i++) {
            float difference = Math.abs(one.numbers()[i] - other.numbers()[i]);
            equal = difference <= Math.max(LEAST_HALF, rounding * Math.abs(one.numbers()[i]));
        }
        return equal;
    }
}
