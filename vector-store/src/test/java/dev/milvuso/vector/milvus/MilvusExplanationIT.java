package dev.milvuso.vector.milvus;

import dev.milvuso.vector.ExplanationContract;
import dev.milvuso.vector.VectorStore;

/** On a real Milvus. */
final class MilvusExplanationIT extends ExplanationContract {
    @Override
    protected VectorStore open() {
        return new MilvusVectorStore(MilvusServer.shared().config("consistency_level=Strong", "index_type=HNSW"));
    }

    @Override
    protected String plan() {
        return "index HNSW with ef ";
    }
}
