package dev.milvuso.config;

import java.time.Duration;

/** {@code [server]}, see config/default.toml. */
public record ServerConfig(
        String host,
        int port,
        int maxBodyBytes,
        long maxImportBytes,
        Duration requestDeadline,
        Duration collectionsDeadline,
        boolean protectCollections,
        String tenancy,
        boolean searchCache,
        Duration searchCacheTtl,
        Duration searchCacheSettle,
        Duration slowSearch,
        String instance,
        int maxStreams) {
    public ServerConfig {
        Check.range("server.port", port, 0, 65535);
        Check.range("server.max_body_bytes", maxBodyBytes, 1024, 104857600);
        Check.range("server.max_import_bytes", maxImportBytes, 1024, 1099511627776L);
        Check.range("server.request_deadline", requestDeadline, "1ms", "60s");
        Check.range("server.collections_deadline", collectionsDeadline, "100ms", "10m");
        Check.oneOf("server.tenancy", tenancy, "database", "collection", "field", "partition_key");
        Check.range("server.search_cache_ttl", searchCacheTtl, "1s", "1d");
        Check.range("server.search_cache_settle", searchCacheSettle, "0s", "10m");
        Check.range("server.slow_search", slowSearch, "1ms", "10m");
        Check.range("server.max_streams", maxStreams, 0, 100000);
    }
}
