package dev.milvuso.vector.milvus;

import dev.milvuso.vector.VectorStore;

/** The contract on a real Milvus. */
final class MilvusFilterEquivalenceIT extends FilterEquivalenceContract {
    @Override
    protected VectorStore open() {
        return new MilvusVectorStore(MilvusServer.shared().config("consistency_level=Strong"));
    }
}
