package dev.milvuso.vector.advice;

import dev.milvuso.vector.ArgumentMismatch;
import dev.milvuso.vector.BackendInfo;

/**
 * What an index is wanted for.
 *
 * @param rows 0 or more
 * @param dimension numbers in a vector, 2 to 32768
 * @param memory bytes that vectors and index may take together
 * @param recall share of the true nearest that is wanted in the mean, above 0 to 1
 * @param store that is to have the index
 */
public record Workload(long rows, int dimension, long memory, double recall, Store store) {
    /** Whose indexes there are to choose from. */
    public enum Store {
        EMBEDDED,
        MILVUS;

        /** Whose indexes a store has. */
        public static Store of(BackendInfo info) {
            return info.name().startsWith("Milvus") ? MILVUS : EMBEDDED;
        }
    }

    /** @throws IllegalArgumentException naming what is out of range */
    public Workload {
        if (rows < 0) {
            throw new ArgumentMismatch("rows is " + rows + ": must be 0 or more", "rows");
        }
        if (dimension < 2 || dimension > 32768) {
            throw new ArgumentMismatch("dimension is " + dimension + ": must be 2 to 32768", "dimension");
        }
        if (memory < 1) {
            throw new ArgumentMismatch("memory is " + memory + " bytes: must be 1 or more", "memory_bytes");
        }
        if (!(recall > 0 && recall <= 1)) {
            throw new ArgumentMismatch("recall is " + recall + ": must be above 0 and at most 1", "recall");
        }
    }
}
