package dev.milvuso.standalone.command;

import dev.milvuso.config.ConfigException;
import dev.milvuso.config.MilvusConfig;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.milvus.MilvusVectorStore;

/** The vector store of deployables that run as processes of their own. */
final class SharedStore {
    private SharedStore() {}

    /** @throws ConfigException if the configuration names the store that lives inside one process */
    static VectorStore of(MilvusConfig config) {
        if (config.isEmbedded()) {
            throw new ConfigException("milvus.backend is \"embedded\": that store belongs to one process, as in"
                    + " `milvuso standalone`; several need \"milvus\" and milvus.uri");
        }
        return new MilvusVectorStore(config);
    }
}
