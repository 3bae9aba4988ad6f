package dev.milvuso.server.http;

import dev.milvuso.vector.MergedSearchContract;
import dev.milvuso.vector.VectorStore;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract of hybrid searches and of searches by pages, through REST and back. */
final class RestMergedSearchTest extends MergedSearchContract {
    @RegisterExtension
    static final RestStores STORES = new RestStores();

    @Override
    protected VectorStore open() {
        return STORES.open();
    }
}
