package dev.milvuso.server.http;

import dev.milvuso.vector.StatisticsContract;
import dev.milvuso.vector.VectorStore;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract of statistics, through REST and back. */
final class RestStatisticsTest extends StatisticsContract {
    @RegisterExtension
    static final RestStores STORES = new RestStores();

    @Override
    protected VectorStore open() {
        return STORES.open();
    }
}
