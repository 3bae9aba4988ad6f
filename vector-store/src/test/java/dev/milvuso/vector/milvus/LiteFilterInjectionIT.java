package dev.milvuso.vector.milvus;

import dev.milvuso.vector.FilterInjectionContract;
import dev.milvuso.vector.VectorStore;

/** The contract on Milvus Lite, which does one call after the other and looks at each row in Python. */
final class LiteFilterInjectionIT extends FilterInjectionContract {
    LiteFilterInjectionIT() {
        super(16, 8);
    }

    @Override
    protected VectorStore open() {
        return new MilvusVectorStore(MilvusServer.lite().config("consistency_level=Strong", "index_type=FLAT"));
    }
}
