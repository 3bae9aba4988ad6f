package dev.milvuso.vector.index;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Vectors by slot, and the nearest of them. Any number of threads may search while others write; what a write that
 * returned has stored is found by every search that begins afterwards.
 *
 * <p>Until its structure is made, by {@link #train} or {@link #restore}, an index scores every row.
 */
public interface VectorIndex extends AutoCloseable {
    /**
     * Stores a copy, in place of what the slot held.
     *
     * @param slot 0 or more; memory goes with the largest
     * @param vector shape [d], finite
     */
    void put(int slot, float[] vector);

    /** As {@link #put} of each, in their order, for less: the lock is taken once for some tens. */
    void putAll(int[] slots, float[][] vectors);

    /** As {@link #put} of the slots from 0 on; if there is no structure, it is made of all of them together. */
    void load(int count, IntFunction<float[]> vectors);

    /** Empties a slot, which may be empty. */
    void remove(int slot);

    /** The vector as it was given; not to be changed. Null of an empty slot. */
    float @Nullable [] get(int slot);

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

    /** The nearest k or fewer by scoring every row that is selected. */
    Found exact(float[] query, int k, Selection selection);

    /**
     * Makes the structure of all rows, in place of the one there was. Takes seconds for a million rows, or minutes, in
     * this thread and those of the common pool; meanwhile others search and write, by what there was before.
     */
    void train();

    /** Whether there is a structure; else every search is exact. */
    boolean isTrained();

    /** Forgets the structure. */
    void forget();

    /** What there is, for those who look after it. */
    IndexStatistics statistics();

    /** Memory of the vectors and all that belongs to them, by arrays' sizes. */
    long bytes();

    /**
     * Writes the structure as it is now, without the vectors, with its version and a checksum; nothing but a mark if
     * there is none. Others write meanwhile.
     */
    void save(OutputStream to) throws IOException;

    /**
     * Takes on a structure that {@link #save} has written, for the rows that are here now, as {@link #train} takes on a
     * new one: for a fraction of the time. The rows need not be the same as then: one that the structure does not know
     * finds its place, one that has gone is left out. Of rows that have changed since, a few only should be nowhere
     * near where they were: they are found as rarely as before the next training.
     *
     * @throws IOException if what is read is not whole, or of another kind, version, similarity or dimension, as its
     *     message says; the index stays as it was
     */
    void restore(InputStream from) throws IOException;

    @Override
    void close();
}
