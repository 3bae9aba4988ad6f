package dev.milvuso.vector;

/** A vector of every entity of a collection, and how near two of them are. */
public record VectorField(String name, Type type) {
    /** How many bytes a number of a dense vector takes. */
    public enum Precision {
        FLOAT32,
        /** IEEE 754 half precision. */
        FLOAT16,
        /** The upper half of a 32-bit float. */
        BFLOAT16
    }

    /** What a field's vectors are. */
    public sealed interface Type {
        /**
         * {@link Vector.Dense}.
         *
         * @param dimension numbers in a vector, 2 to 32768
         */
        record Dense(int dimension, Precision precision, Metric metric) implements Type {
            public Dense {
                if (dimension < 2 || dimension > 32768) {
                    throw new IllegalArgumentException("dimension is " + dimension + ": must be 2 to 32768");
                }
            }
        }

        /**
         * {@link Vector.Binary}.
         *
         * @param dimension bits in a vector, a multiple of 8 up to 262144
         */
        record Binary(int dimension, BinaryMetric metric) implements Type {
            public Binary {
                if (dimension < 8 || dimension > 262_144 || dimension % 8 != 0) {
                    throw new IllegalArgumentException(
                            "dimension of a binary vector is " + dimension + ": must be a multiple of 8 up to 262144");
                }
            }
        }

        /** {@link Vector.Sparse}, by inner product. */
        record Sparse() implements Type {}

        static Type floats(int dimension, Metric metric) {
            return new Dense(dimension, Precision.FLOAT32, metric);
        }

        /** Whether of two scores the smaller is the better. */
        default boolean smallerIsNearer() {
            return this instanceof Binary
                    || (this instanceof Dense dense && dense.metric().smallerIsNearer());
        }
    }

    /** @throws IllegalArgumentException naming what is wrong */
    public VectorField {
        Names.checkedField(name);
    }
}
