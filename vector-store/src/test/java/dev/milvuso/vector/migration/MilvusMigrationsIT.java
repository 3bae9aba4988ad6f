package dev.milvuso.vector.migration;

import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.milvus.MilvusServer;
import dev.milvuso.vector.milvus.MilvusVectorStore;

/** The contract of migrations on a real Milvus. */
final class MilvusMigrationsIT extends MigrationsContract {
    @Override
    protected VectorStore open() {
        return new MilvusVectorStore(MilvusServer.shared().config("consistency_level=Strong"));
    }
}
