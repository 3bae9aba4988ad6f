package dev.milvuso.config;

import java.time.Duration;

/** {@code [ranking]}, see config/default.toml. */
public record RankingConfig(
        String learned,
        Duration learnedInterval,
        String learnedOptimizer,
        double learnedRate,
        double diversity,
        String diversityBy,
        int categoryCap,
        double sequence,
        double freshness,
        Duration freshnessHalfLife,
        double rotation,
        int rotationAfter,
        Duration rotationWindow,
        double similarQuota,
        double neighboursQuota,
        double contentQuota,
        double favouriteQuota,
        double popularQuota,
        double trendingQuota,
        double latestQuota,
        double randomQuota) {
    /** @throws ConfigException also if the quotas are more than a whole list together */
    public RankingConfig {
        Check.oneOf("ranking.learned", learned, "auto", "on", "off");
        Check.range("ranking.learned_interval", learnedInterval, "100ms", "1h");
        Check.oneOf("ranking.learned_optimizer", learnedOptimizer, Choices.OPTIMIZERS);
        Check.range("ranking.learned_rate", learnedRate, 1e-9, 10.0);
        Check.range("ranking.diversity", diversity, 0, 1);
        Check.oneOf("ranking.diversity_by", diversityBy, "mmr", "dpp");
        Check.range("ranking.category_cap", categoryCap, 0, 10000);
        Check.range("ranking.sequence", sequence, 0, 100);
        Check.range("ranking.freshness", freshness, 0, 100);
        Check.range("ranking.freshness_half_life", freshnessHalfLife, "1m", "3650d");
        Check.range("ranking.rotation", rotation, 0, 100);
        Check.range("ranking.rotation_after", rotationAfter, 1, 100);
        Check.range("ranking.rotation_window", rotationWindow, "1m", "30d");
        Check.range("ranking.similar_quota", similarQuota, 0, 1);
        Check.range("ranking.neighbours_quota", neighboursQuota, 0, 1);
        Check.range("ranking.content_quota", contentQuota, 0, 1);
        Check.range("ranking.favourite_quota", favouriteQuota, 0, 1);
        Check.range("ranking.popular_quota", popularQuota, 0, 1);
        Check.range("ranking.trending_quota", trendingQuota, 0, 1);
        Check.range("ranking.latest_quota", latestQuota, 0, 1);
        Check.range("ranking.random_quota", randomQuota, 0, 1);
        double sum = similarQuota
                + neighboursQuota
                + contentQuota
                + favouriteQuota
                + popularQuota
                + trendingQuota
                + latestQuota
                + randomQuota;
        if (sum > 1 + 1e-9) {
            throw new ConfigException("the quotas of [ranking] sum to " + sum + ": must be at most 1");
        }
    }
}
