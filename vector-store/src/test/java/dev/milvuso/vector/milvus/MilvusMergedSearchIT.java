package dev.milvuso.vector.milvus;

import dev.milvuso.vector.MergedSearchContract;
import dev.milvuso.vector.VectorStore;

/** Hybrid searches and searches by pages on a real Milvus. */
final class MilvusMergedSearchIT extends MergedSearchContract {
    @Override
    protected VectorStore open() {
        return new MilvusVectorStore(MilvusServer.shared().config("consistency_level=Strong", "index_type=FLAT"));
    }
}
