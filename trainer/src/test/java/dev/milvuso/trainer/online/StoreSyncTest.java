package dev.milvuso.trainer.online;

import dev.milvuso.config.Config;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import java.util.List;

final class StoreSyncTest extends StoreSyncContract {
    @Override
    List<String> settings() {
        return List.of();
    }

    @Override
    VectorStore open(Config config) {
        return EmbeddedVectorStore.inMemory();
    }
}
