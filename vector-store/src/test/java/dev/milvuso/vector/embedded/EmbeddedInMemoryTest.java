package dev.milvuso.vector.embedded;

import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.VectorStoreContract;

/** The contract on the engine that keeps nothing. */
final class EmbeddedInMemoryTest extends VectorStoreContract {
    @Override
    protected VectorStore open() {
        return EmbeddedVectorStore.inMemory();
    }
}
