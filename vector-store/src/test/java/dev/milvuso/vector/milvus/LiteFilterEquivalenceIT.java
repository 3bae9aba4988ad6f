package dev.milvuso.vector.milvus;

import dev.milvuso.vector.VectorStore;

/** The contract on Milvus Lite, within JSON with texts alone. */
final class LiteFilterEquivalenceIT extends FilterEquivalenceContract {
    @Override
    protected VectorStore open() {
        return new MilvusVectorStore(MilvusServer.lite().config("consistency_level=Strong", "index_type=FLAT"));
    }
}
