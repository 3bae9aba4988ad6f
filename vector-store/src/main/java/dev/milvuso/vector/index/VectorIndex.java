package dev.milvuso.vector.index;

/**
 * Vectors by slot, and the nearest of them. Any number of threads may search while others write; what a write that
 * returned has stored is found by every search that begins afterwards.
 */
public interface VectorIndex extends AutoCloseable {
    /**
     * Stores a copy, in place of what the slot held.
     *
     * @param slot 0 or more; memory goes with the largest
     * @param vector shape [d], finite
     */
    void put(int slot, float[] vector);

    /** Empties a slot, which may be empty. */
    void remove(int slot);

    /** How many slots hold a vector. */
    int size();

    /**
     * The nearest k or fewer.
     *
     * @param query shape [d], finite
     * @param k 1 or more
     * @param recall share of the true nearest that is aimed at in the mean, above 0; 1 is exact
     */
    Found search(float[] query, int k, Selection selection, float recall);

    /** Memory of the vectors and all that belongs to them, by arrays' sizes. */
    long bytes();

    @Override
    void close();
}
