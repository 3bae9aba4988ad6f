package dev.milvuso.server.http;

import dev.milvuso.vector.FilterInjectionContract;
import dev.milvuso.vector.VectorStore;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract of hostile texts in filters, which go through REST as text. */
final class RestFilterInjectionTest extends FilterInjectionContract {
    @RegisterExtension
    static final RestStores STORES = new RestStores();

    @Override
    protected VectorStore open() {
        return STORES.open();
    }
}
