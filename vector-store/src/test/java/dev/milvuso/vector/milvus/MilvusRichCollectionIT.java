package dev.milvuso.vector.milvus;

import dev.milvuso.vector.RichCollectionContract;
import dev.milvuso.vector.VectorStore;

/** The contract of collections of any schema on a real Milvus. */
final class MilvusRichCollectionIT extends RichCollectionContract {
    @Override
    protected VectorStore open() {
        return new MilvusVectorStore(MilvusServer.shared().config("consistency_level=Strong"));
    }
}
