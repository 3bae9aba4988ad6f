package dev.milvuso.vector;

/**
 * The little of a collection's {@link CollectionStatistics} that a store says quickly.
 *
 * @param rows that can be found; of a released collection those that are stored
 * @param loaded whether it can be searched, if only some of its partitions
 */
public record CollectionState(long rows, boolean loaded) {}
