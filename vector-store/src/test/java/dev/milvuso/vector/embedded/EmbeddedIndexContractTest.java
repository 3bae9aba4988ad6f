package dev.milvuso.vector.embedded;

import dev.milvuso.vector.IndexContract;
import dev.milvuso.vector.VectorStore;
import java.time.InstantSource;

/** The contract of indexes in this process, with lists from so few rows on that the contract's have them. */
final class EmbeddedIndexContractTest extends IndexContract {
    @Override
    protected VectorStore open() {
        return EmbeddedVectorStore.inMemory(InstantSource.system(), 1000);
    }
}
