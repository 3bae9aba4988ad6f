package dev.milvuso.vector.embedded;

import dev.milvuso.vector.ExplanationContract;
import dev.milvuso.vector.VectorStore;

final class EmbeddedExplanationTest extends ExplanationContract {
    @Override
    protected VectorStore open() {
        return EmbeddedVectorStore.inMemory();
    }

    @Override
    protected String plan() {
        return "scan";
    }
}
