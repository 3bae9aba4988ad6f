package dev.milvuso.vector.cache;

import java.util.Optional;

/**
 * Results that processes share for a while. What cannot be had is not there: no call fails because the cache does. Safe
 * for use by many threads.
 */
public interface SharedResults {
    /**
     * What a collection's results are kept under, which is another after each write.
     *
     * @param name no other state of any collection has it
     * @param settled whether reads see the last write by now, so that what they find may be kept
     */
    record State(String name, boolean settled) {}

    /** Nothing if the cache does not answer, or has not been told of a write yet: the store must be asked. */
    Optional<State> state(String collection);

    Optional<byte[]> find(State state, String request);

    void keep(State state, String request, byte[] result);

    /** A write of the collection has ended, well or not. */
    void written(String collection);
}
