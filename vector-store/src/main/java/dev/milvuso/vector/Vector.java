package dev.milvuso.vector;

import java.util.Arrays;

/** A vector of an entity or a query. Equal by content; its arrays are not to be changed after they were given away. */
public sealed interface Vector {
    /** @param numbers finite, shape [dimension] */
    record Dense(float[] numbers) implements Vector {
        @Override
        public boolean equals(Object other) {
            return other instanceof Dense dense && Arrays.equals(numbers, dense.numbers);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(numbers);
        }

        @Override
        public String toString() {
            return "Dense" + Arrays.toString(numbers);
        }
    }

    /** @param bits dimension / 8 bytes, the first bit the highest of the first byte */
    record Binary(byte[] bits) implements Vector {
        @Override
        public boolean equals(Object other) {
            return other instanceof Binary binary && Arrays.equals(bits, binary.bits);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bits);
        }

        @Override
        public String toString() {
            return "Binary" + Arrays.toString(bits);
        }
    }

    /**
     * @param indices of the numbers that are not 0, ascending, 0 and up
     * @param numbers finite, as many
     */
    record Sparse(int[] indices, float[] numbers) implements Vector {
        /** @throws IllegalArgumentException if the indices do not ascend or there are not as many numbers */
        public Sparse {
            if (indices.length != numbers.length) {
                throw new IllegalArgumentException(
                        "a sparse vector of " + indices.length + " indices and " + numbers.length + " numbers");
            }
            for (int i = 0; i < indices.length; i++) {
                if (indices[i] < 0 || (i > 0 && indices[i] <= indices[i - 1])) {
                    throw new IllegalArgumentException(
                            "index " + indices[i] + " of a sparse vector: indices must ascend from 0 on");
                }
            }
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Sparse sparse
                    && Arrays.equals(indices, sparse.indices)
                    && Arrays.equals(numbers, sparse.numbers);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(indices) + Arrays.hashCode(numbers);
        }

        @Override
        public String toString() {
            return "Sparse" + Arrays.toString(indices) + Arrays.toString(numbers);
        }
    }

    static Vector of(float... numbers) {
        return new Dense(numbers);
    }
}
