package dev.milvuso.vector.milvus;

import dev.milvuso.vector.ExplanationContract;
import dev.milvuso.vector.VectorStore;

/** On Milvus Lite. */
final class LiteExplanationIT extends ExplanationContract {
    @Override
    protected VectorStore open() {
        return new MilvusVectorStore(MilvusServer.lite().config("consistency_level=Strong", "index_type=FLAT"));
    }

    @Override
    protected String plan() {
        return "index FLAT on the server";
    }
}
