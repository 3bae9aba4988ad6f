package dev.milvuso.config;

import java.time.Duration;

/** {@code [sequence]}, see config/default.toml. */
public record SequenceConfig(int successors, Duration gap, int readBack) {
    public SequenceConfig {
        Check.range("sequence.successors", successors, 0, 1000);
        Check.range("sequence.gap", gap, "1s", "30d");
        Check.range("sequence.read_back", readBack, 0, 1000000000);
    }
}
