package dev.milvuso.vector.milvus;

import dev.milvuso.vector.PartitionContract;
import dev.milvuso.vector.VectorStore;

/** The contract of partitions on a real Milvus. */
final class MilvusPartitionsIT extends PartitionContract {
    @Override
    protected VectorStore open() {
        return new MilvusVectorStore(MilvusServer.shared().config("consistency_level=Strong"));
    }
}
