package dev.milvuso.vector.milvus;

import dev.milvuso.vector.StatisticsContract;
import dev.milvuso.vector.VectorStore;

/** The contract of statistics on Milvus Lite. */
final class LiteStatisticsIT extends StatisticsContract {
    @Override
    protected VectorStore open() {
        return new MilvusVectorStore(MilvusServer.lite().config("consistency_level=Strong", "index_type=FLAT"));
    }
}
