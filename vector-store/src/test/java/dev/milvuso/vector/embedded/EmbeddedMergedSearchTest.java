package dev.milvuso.vector.embedded;

import dev.milvuso.vector.MergedSearchContract;
import dev.milvuso.vector.VectorStore;

final class EmbeddedMergedSearchTest extends MergedSearchContract {
    @Override
    protected VectorStore open() {
        return EmbeddedVectorStore.inMemory();
    }
}
