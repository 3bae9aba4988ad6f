package dev.milvuso.server.collections;

/**
 * A route of the vector store.
 *
 * @param path with its parameters in braces
 * @param hasBody whether a body is read
 */
public record Endpoint(String method, String path, boolean hasBody, Operation operation) {}
