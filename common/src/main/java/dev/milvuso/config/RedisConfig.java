package dev.milvuso.config;

import java.time.Duration;

/** {@code [redis]}, see config/default.toml. */
public record RedisConfig(
        String host, int port, String user, String password, Duration timeout, int poolSize, Duration ttl) {
    public RedisConfig {
        Check.range("redis.port", port, 1, 65535);
        Check.range("redis.timeout", timeout, "1ms", "60s");
        Check.range("redis.pool_size", poolSize, 1, 1024);
        Check.range("redis.ttl", ttl, "1s", "30d");
    }

    /** Leaves out the secrets. */
    @Override
    public String toString() {
        return "RedisConfig[" + host + ":" + port + "]";
    }
}
