package dev.milvuso.examples;

import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.milvus.MilvusServer;
import dev.milvuso.vector.milvus.MilvusVectorStore;

final class ExamplesOnMilvusIT extends ExamplesContract {
    @Override
    VectorStore open() {
        return new MilvusVectorStore(MilvusServer.shared().config("consistency_level=Strong"));
    }
}
