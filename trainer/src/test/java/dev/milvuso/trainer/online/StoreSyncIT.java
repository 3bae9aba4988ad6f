package dev.milvuso.trainer.online;

import dev.milvuso.config.Config;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.milvus.MilvusServer;
import dev.milvuso.vector.milvus.MilvusVectorStore;
import java.util.List;
import java.util.UUID;

/** With a real Milvus. */
final class StoreSyncIT extends StoreSyncContract {
    @Override
    List<String> settings() {
        return List.of(
                "milvus.backend=milvus",
                "milvus.uri=" + MilvusServer.shared().uri(),
                "milvus.consistency_level=Strong",
                "milvus.collection_name=it_" + UUID.randomUUID().toString().replace('-', '_'));
    }

    @Override
    VectorStore open(Config config) {
        return new MilvusVectorStore(config.milvus());
    }
}
