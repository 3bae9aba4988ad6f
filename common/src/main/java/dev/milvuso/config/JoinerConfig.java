package dev.milvuso.config;

import java.io.Serializable;
import java.time.Duration;

/** {@code [joiner]}, see config/default.toml. */
public record JoinerConfig(
        Duration featureWait,
        Duration impressionWindow,
        Duration outOfOrderness,
        Duration deduplicationHorizon,
        String stateBackend,
        String checkpointDirectory,
        Duration checkpointInterval,
        int parallelism,
        boolean exactlyOnce,
        int webPort)
        implements Serializable {
    public JoinerConfig {
        Check.range("joiner.feature_wait", featureWait, "0s", "1m");
        Check.range("joiner.impression_window", impressionWindow, "1s", "7d");
        Check.range("joiner.out_of_orderness", outOfOrderness, "0s", "1h");
        Check.range("joiner.deduplication_horizon", deduplicationHorizon, "1m", "365d");
        Check.oneOf("joiner.state_backend", stateBackend, "hashmap", "rocksdb");
        Check.range("joiner.checkpoint_interval", checkpointInterval, "100ms", "1h");
        Check.range("joiner.parallelism", parallelism, 1, 1024);
        Check.range("joiner.web_port", webPort, 0, 65535);
    }
}
