package dev.milvuso.config;

import java.time.Duration;

/** {@code [features]}, see config/default.toml. */
public record FeaturesConfig(
        int recentItems,
        Duration interestHalfLife,
        Duration popularityHalfLife,
        int maxInterests,
        Duration flushInterval,
        int cachedProfiles) {
    /** How many times shorter the half-life of what is of late is. */
    private static final int OF_LATE = 28;

    public FeaturesConfig {
        Check.range("features.recent_items", recentItems, 1, 1000);
        Check.range("features.interest_half_life", interestHalfLife, "1m", "3650d");
        Check.range("features.popularity_half_life", popularityHalfLife, "1m", "3650d");
        Check.range("features.max_interests", maxInterests, 1, 10000);
        Check.range("features.flush_interval", flushInterval, "10ms", "1m");
        Check.range("features.cached_profiles", cachedProfiles, 100, 10000000);
    }

    /** Decay of an item's popularity of late, by which a rise is told: 6 hours where popularity has 7 days. */
    public Duration trendHalfLife() {
        return popularityHalfLife.dividedBy(OF_LATE);
    }
}
