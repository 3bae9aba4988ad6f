package dev.milvuso.config;

import java.time.Duration;

/** {@code [postgres]}, see config/default.toml. */
public record PostgresConfig(
        String url, String user, String password, int poolSize, Duration connectTimeout, Duration readDeadline) {
    public PostgresConfig {
        Check.matches("postgres.url", url, "jdbc:postgresql://.+", "jdbc:postgresql://host:port/database");
        Check.range("postgres.pool_size", poolSize, 1, 256);
        Check.range("postgres.connect_timeout", connectTimeout, "250ms", "60s");
        Check.range("postgres.read_deadline", readDeadline, "1ms", "60s");
    }

    /** Leaves out the secrets. */
    @Override
    public String toString() {
        return "PostgresConfig[" + url + "]";
    }
}
