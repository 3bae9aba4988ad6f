package dev.milvuso.vector.text;

import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;

final class EmbeddedMeaningSearchTest extends MeaningSearchContract {
    @Override
    protected VectorStore open() {
        return EmbeddedVectorStore.inMemory();
    }
}
