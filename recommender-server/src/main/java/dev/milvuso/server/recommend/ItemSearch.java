package dev.milvuso.server.recommend;

import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.server.tier.Scored;
import java.util.List;

/** Looks for items outside this process's memory. */
public interface ItemSearch {
    /** @throws dev.milvuso.component.Unavailable if it does not answer in time */
    List<Scored> search(float[] query, int k, ModelVersion version);
}
