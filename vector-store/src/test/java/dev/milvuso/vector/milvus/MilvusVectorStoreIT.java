package dev.milvuso.vector.milvus;

import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.VectorStoreContract;

/** The contract on a real Milvus. */
final class MilvusVectorStoreIT extends VectorStoreContract {
    @Override
    protected VectorStore open() {
        return new MilvusVectorStore(MilvusServer.shared().config("consistency_level=Strong"));
    }
}
