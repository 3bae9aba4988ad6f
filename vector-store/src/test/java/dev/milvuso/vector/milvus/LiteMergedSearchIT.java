package dev.milvuso.vector.milvus;

import dev.milvuso.vector.MergedSearchContract;
import dev.milvuso.vector.VectorStore;

/** The contract on Milvus Lite. */
final class LiteMergedSearchIT extends MergedSearchContract {
    @Override
    protected boolean hasDeepRanges() {
        return false;
    }

    @Override
    protected VectorStore open() {
        return new MilvusVectorStore(MilvusServer.lite().config("consistency_level=Strong", "index_type=FLAT"));
    }
}
