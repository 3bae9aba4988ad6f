package dev.milvuso.vector.embedded;

import dev.milvuso.vector.PartialWriteContract;
import dev.milvuso.vector.VectorStore;

final class EmbeddedPartialWriteTest extends PartialWriteContract {
    @Override
    protected VectorStore open() {
        return EmbeddedVectorStore.inMemory();
    }

    /** Whoever changes anything waits for who does so already. */
    @Override
    protected boolean isCutIntoCalls() {
        return false;
    }
}
