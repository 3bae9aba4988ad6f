package dev.milvuso.benchmarks.milvus;

import java.util.List;

/** One of two ways to do the same on a server. A row has its number for a key, a vector and a year. */
interface Side extends AutoCloseable {
    /** Makes an empty collection, ready for use, or an old one empty. */
    void empty();

    /**
     * @param vectors of the rows from the first on
     * @param batch rows in a call, where the side does not choose for itself
     */
    void insert(long first, List<float[]> vectors, int batch);

    /** @return how many were found */
    int search(float[] query, int k);

    void delete(List<Long> keys);

    @Override
    void close();
}
