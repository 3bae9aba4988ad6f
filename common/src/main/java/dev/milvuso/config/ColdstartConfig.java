package dev.milvuso.config;

import java.time.Duration;

/** {@code [coldstart]}, see config/default.toml. */
public record ColdstartConfig(
        int warmActions,
        double priorActions,
        int items,
        Duration refresh,
        double quota,
        double affinity,
        Duration learnInterval,
        int features,
        double ridge) {
    public ColdstartConfig {
        Check.range("coldstart.warm_actions", warmActions, 0, 1000000);
        Check.range("coldstart.prior_actions", priorActions, 0, 1000000);
        Check.range("coldstart.items", items, 0, 100000);
        Check.range("coldstart.refresh", refresh, "50ms", "1m");
        Check.range("coldstart.quota", quota, 0, 1);
        Check.range("coldstart.affinity", affinity, -10, 10);
        Check.range("coldstart.learn_interval", learnInterval, "1s", "1d");
        Check.range("coldstart.features", features, 0, 2000);
        Check.above("coldstart.ridge", ridge, 0, 1000000);
    }
}
