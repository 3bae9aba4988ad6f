package dev.milvuso.config;

import java.time.Duration;

/** {@code [taste]}, see config/default.toml. */
public record TasteConfig(
        double strength,
        double reach,
        double lead,
        double retreat,
        int recentActions,
        Duration halfLife,
        Duration fade,
        double contextWeight) {
    public TasteConfig {
        Check.range("taste.strength", strength, 0, 1000);
        Check.range("taste.reach", reach, 0, 100);
        Check.range("taste.lead", lead, 0, 100);
        Check.range("taste.retreat", retreat, 0, 100);
        Check.range("taste.recent_actions", recentActions, 1, 1000);
        Check.range("taste.half_life", halfLife, "1s", "30d");
        Check.range("taste.fade", fade, "1s", "30d");
        Check.range("taste.context_weight", contextWeight, 0, 100);
    }
}
