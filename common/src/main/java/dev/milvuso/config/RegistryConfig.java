package dev.milvuso.config;

import java.time.Duration;

/** {@code [registry]}, see config/default.toml. */
public record RegistryConfig(
        String instance,
        Duration leaseTime,
        boolean startAnew,
        int driftEvents,
        double driftMargin,
        double largestNorm) {
    public RegistryConfig {
        Check.matches("registry.instance", instance, "\\S{0,100}", "at most 100 characters without white space");
        Check.range("registry.lease_time", leaseTime, "1s", "1m");
        Check.range("registry.drift_events", driftEvents, 0, 1000000);
        Check.range("registry.drift_margin", driftMargin, 0.0, 1.0);
        Check.above("registry.largest_norm", largestNorm, 0, 1e15);
    }
}
