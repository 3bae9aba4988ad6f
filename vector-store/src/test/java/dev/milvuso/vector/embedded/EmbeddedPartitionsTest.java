package dev.milvuso.vector.embedded;

import dev.milvuso.vector.PartitionContract;
import dev.milvuso.vector.VectorStore;

/** The contract of partitions in this process. */
final class EmbeddedPartitionsTest extends PartitionContract {
    @Override
    protected VectorStore open() {
        return EmbeddedVectorStore.inMemory();
    }
}
