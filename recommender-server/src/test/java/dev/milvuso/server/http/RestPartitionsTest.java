package dev.milvuso.server.http;

import dev.milvuso.vector.PartitionContract;
import dev.milvuso.vector.VectorStore;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract of partitions, through REST and back. */
final class RestPartitionsTest extends PartitionContract {
    @RegisterExtension
    static final RestStores STORES = new RestStores();

    @Override
    protected VectorStore open() {
        return STORES.open();
    }
}
