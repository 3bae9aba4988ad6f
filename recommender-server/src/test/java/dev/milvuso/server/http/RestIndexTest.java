package dev.milvuso.server.http;

import dev.milvuso.vector.IndexContract;
import dev.milvuso.vector.VectorStore;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract of indexes, through REST and back. */
final class RestIndexTest extends IndexContract {
    @RegisterExtension
    static final RestStores STORES = new RestStores();

    @Override
    protected VectorStore open() {
        return STORES.open();
    }
}
