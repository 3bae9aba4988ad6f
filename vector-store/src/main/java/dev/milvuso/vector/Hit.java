package dev.milvuso.vector;

/**
 * Something found.
 *
 * @param score by the collection's {@link Metric}
 */
public record Hit(String id, float score) {}
