package dev.milvuso.server.http;

import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.VectorStoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract of vector stores, through REST and back. */
final class RestVectorStoreTest extends VectorStoreContract {
    @RegisterExtension
    static final RestStores STORES = new RestStores();

    @Override
    protected VectorStore open() {
        return STORES.open();
    }
}
