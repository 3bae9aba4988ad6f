package dev.milvuso.vector;

/**
 * How a partition stands.
 *
 * @param loaded whether its rows can be found
 */
public record PartitionState(String name, boolean loaded) {}
