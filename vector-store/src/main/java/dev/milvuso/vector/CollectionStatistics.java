package dev.milvuso.vector;

/**
 * How a collection stands.
 *
 * @param rows that can be found
 * @param loaded whether it can be searched
 */
public record CollectionStatistics(long rows, boolean loaded) {}
