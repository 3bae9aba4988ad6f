package dev.milvuso.vector.milvus;

import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.VectorStoreContract;

/** The contract on Milvus Lite. */
final class LiteVectorStoreIT extends VectorStoreContract {
    @Override
    protected VectorStore open() {
        return new MilvusVectorStore(MilvusServer.lite().config("consistency_level=Strong", "index_type=FLAT"));
    }
}
