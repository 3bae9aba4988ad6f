package dev.milvuso.vector.milvus;

import dev.milvuso.vector.PartialWriteContract;
import dev.milvuso.vector.VectorStore;

/** On a real Milvus. */
final class MilvusPartialWriteIT extends PartialWriteContract {
    @Override
    protected VectorStore open() {
        return new MilvusVectorStore(MilvusServer.shared().config("consistency_level=Strong", "batch_rows=200"));
    }
}
