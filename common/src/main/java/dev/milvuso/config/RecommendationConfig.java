package dev.milvuso.config;

import java.time.Duration;

/** {@code [recommendation]}, see config/default.toml. */
public record RecommendationConfig(
        int embeddingDim,
        int topK,
        double similarityThreshold,
        int maxItems,
        int shownItems,
        int cachedUsers,
        Duration listTtl,
        Duration popularRefresh,
        double indexRecall,
        long indexMemory,
        String cachePolicy,
        Duration listStale) {
    public RecommendationConfig {
        Check.range("recommendation.embedding_dim", embeddingDim, 2, 4096);
        Check.range("recommendation.max_items", maxItems, 1, 10000);
        Check.range("recommendation.top_k", topK, 1, Math.min(1000, maxItems));
        Check.range("recommendation.similarity_threshold", similarityThreshold, -1, 1);
        Check.range("recommendation.shown_items", shownItems, 1, 10000);
        Check.range("recommendation.cached_users", cachedUsers, 100, 100000000);
        Check.range("recommendation.list_ttl", listTtl, "0s", "1d");
        Check.range("recommendation.popular_refresh", popularRefresh, "50ms", "1h");
        Check.range("recommendation.index_recall", indexRecall, 0.5, 1);
        Check.range("recommendation.index_memory", indexMemory, 0, 1L << 40);
        Check.oneOf("recommendation.cache_policy", cachePolicy, "tinylfu", "lru");
        Check.range("recommendation.list_stale", listStale, "0s", "1d");
    }
}
