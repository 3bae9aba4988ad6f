package dev.milvuso.vector.migration;

import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;

final class EmbeddedMigrationsTest extends MigrationsContract {
    @Override
    protected VectorStore open() {
        return EmbeddedVectorStore.inMemory();
    }
}
