package dev.milvuso.server.http;

import dev.milvuso.vector.ExplanationContract;
import dev.milvuso.vector.VectorStore;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Through REST and back. */
final class RestExplanationTest extends ExplanationContract {
    @RegisterExtension
    static final RestStores STORES = new RestStores();

    @Override
    protected VectorStore open() {
        return STORES.open();
    }

    @Override
    protected String plan() {
        return "scan";
    }
}
