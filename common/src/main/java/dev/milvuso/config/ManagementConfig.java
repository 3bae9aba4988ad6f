package dev.milvuso.config;

/** {@code [management]}, see config/default.toml. */
public record ManagementConfig(String host, int port) {
    public ManagementConfig {
        Check.range("management.port", port, 0, 65535);
    }
}
