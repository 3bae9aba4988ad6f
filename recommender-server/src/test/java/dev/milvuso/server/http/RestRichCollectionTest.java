package dev.milvuso.server.http;

import dev.milvuso.vector.RichCollectionContract;
import dev.milvuso.vector.VectorStore;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract of collections of any schema, through REST and back. */
final class RestRichCollectionTest extends RichCollectionContract {
    @RegisterExtension
    static final RestStores STORES = new RestStores();

    @Override
    protected VectorStore open() {
        return STORES.open();
    }
}
