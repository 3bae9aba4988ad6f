package dev.milvuso.vector.embedded;

import dev.milvuso.vector.RichCollectionContract;
import dev.milvuso.vector.VectorStore;

final class EmbeddedRichCollectionTest extends RichCollectionContract {
    @Override
    protected VectorStore open() {
        return EmbeddedVectorStore.inMemory();
    }
}
