package dev.milvuso.vector.milvus;

import dev.milvuso.vector.FilterInjectionContract;
import dev.milvuso.vector.VectorStore;

/** The contract on Milvus Lite. */
final class LiteFilterInjectionIT extends FilterInjectionContract {
    @Override
    protected VectorStore open() {
        return new MilvusVectorStore(MilvusServer.lite().config("consistency_level=Strong", "index_type=FLAT"));
    }
}
