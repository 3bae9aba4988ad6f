package dev.milvuso.vector.milvus;

import dev.milvuso.vector.IndexContract;
import dev.milvuso.vector.VectorStore;

/** The contract of indexes on a real Milvus. */
final class MilvusIndexContractIT extends IndexContract {
    @Override
    protected VectorStore open() {
        return new MilvusVectorStore(MilvusServer.shared().config("consistency_level=Strong"));
    }
}
