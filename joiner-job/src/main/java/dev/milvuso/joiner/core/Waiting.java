package dev.milvuso.joiner.core;

/**
 * An example that waits for its features.
 *
 * @param deadline processing time in milliseconds at which the waiting ends
 */
public record Waiting(EncodedExample example, long deadline) {}
