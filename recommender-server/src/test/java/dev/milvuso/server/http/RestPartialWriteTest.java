package dev.milvuso.server.http;

import dev.milvuso.vector.PartialWriteContract;
import dev.milvuso.vector.VectorStore;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Through REST and back. */
final class RestPartialWriteTest extends PartialWriteContract {
    @RegisterExtension
    static final RestStores STORES = new RestStores();

    @Override
    protected VectorStore open() {
        return STORES.open();
    }
}
