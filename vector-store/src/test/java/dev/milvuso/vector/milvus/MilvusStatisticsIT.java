package dev.milvuso.vector.milvus;

import dev.milvuso.vector.StatisticsContract;
import dev.milvuso.vector.VectorStore;

/** The contract of statistics on a real Milvus. */
final class MilvusStatisticsIT extends StatisticsContract {
    @Override
    protected VectorStore open() {
        return new MilvusVectorStore(MilvusServer.shared().config("consistency_level=Strong"));
    }
}
