package dev.milvuso.vector.embedded;

import dev.milvuso.vector.StatisticsContract;
import dev.milvuso.vector.VectorStore;

/** The contract of statistics in this process. */
final class EmbeddedStatisticsTest extends StatisticsContract {
    @Override
    protected VectorStore open() {
        return EmbeddedVectorStore.inMemory();
    }
}
