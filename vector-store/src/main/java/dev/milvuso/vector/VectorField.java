package dev.milvuso.vector;

import java.util.Locale;

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
            public static final int LEAST_NUMBERS = 2;
            public static final int MOST_NUMBERS = 32768;

            public Dense {
                if (dimension < LEAST_NUMBERS || dimension > MOST_NUMBERS) {
                    throw new IllegalArgumentException("dimension is " + dimension + ": must be 2 to 32768");
                }
            }

            @Override
            public String label() {
                return precision.name().toLowerCase(Locale.ROOT) + " of dimension " + dimension + ", " + metric.label();
            }
        }

        /**
         * {@link Vector.Binary}.
         *
         * @param dimension bits in a vector, a multiple of 8 up to 262144
         */
        record Binary(int dimension, BinaryMetric metric) implements Type {
            public static final int MOST_BITS = 262_144;

            @Override
            public String label() {
                return "binary of dimension " + dimension + ", " + metric.name().toLowerCase(Locale.ROOT);
            }

            public Binary {
                if (dimension < 8 || dimension > MOST_BITS || dimension % 8 != 0) {
                    throw new IllegalArgumentException(
                            "dimension of a binary vector is " + dimension + ": must be a multiple of 8 up to 262144");
                }
            }
        }

        /** {@link Vector.Sparse}, by inner product. */
        record Sparse() implements Type {
            @Override
            public String label() {
                return "sparse";
            }
        }

        /** As people name it. */
        String label();

        /** Of the metric that says how near two of them are. */
        default String metricName() {
            if (this instanceof Dense dense) {
                return dense.metric().name();
            }
            return this instanceof Binary binary ? binary.metric().name() : Metric.INNER_PRODUCT.name();
        }

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
