package dev.milvuso.server.tier;

import dev.milvuso.action.ItemId;
import dev.milvuso.embedding.ModelVersion;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Items' vectors outside this process's memory. Every call may throw {@link dev.milvuso.component.Unavailable} if there
 * is no answer in time. Safe for use by many threads.
 */
public interface StoredItems {
    /** What a search may ask for. */
    int MOST = 16_384;

    /**
     * @param k 1 to {@link #MOST}
     * @param leftOut not to be found
     * @param located whether the vectors are wanted
     * @return at most k, best first, not filtered by the catalogue
     */
    List<Scored> search(float[] query, int k, ModelVersion version, Set<ItemId> leftOut, boolean located);

    /** The vectors of those items that are there. */
    Map<ItemId, float[]> items(Collection<ItemId> items, ModelVersion version);
}
