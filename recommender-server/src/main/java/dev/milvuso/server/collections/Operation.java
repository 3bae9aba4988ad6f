package dev.milvuso.server.collections;

import dev.milvuso.vector.VectorStore;

/**
 * What a route does.
 *
 * <p>Besides what {@link VectorStore} and the readers of JSON throw it may throw a {@link Refusal}.
 */
@FunctionalInterface
public interface Operation {
    Reply run(VectorStore store, Request request);
}
